import type { SeenEvent } from '@novation/client'
import { useEffect, useRef, useState } from 'preact/hooks'
import { openLine } from '../model/line'
import { pool, revision } from '../model/session'
import { storyUpTo } from '../model/story'

const most = 200

/** What happened to an account, as far as it is known; that of the moment before where the new one is on its way. */
export interface Told {
  readonly told: Awaited<ReturnType<typeof storyUpTo>> | undefined
  readonly why: string | undefined
  readonly isOld: boolean
}

export const useStory = (account: string): Told => {
  const [told, setTold] = useState<{ readonly of: string; readonly told: Exclude<Told['told'], undefined> }>()
  const [why, setWhy] = useState<string>()
  const at = revision.value
  const of = `${account} ${at}`
  const asked = useRef('')
  const line = useRef(openLine())
  useEffect(() => {
    if (at === undefined) return
    asked.current = of
    const ask = async (from: number): Promise<readonly SeenEvent[]> => {
      const events: SeenEvent[] = []
      for await (const event of pool().list('accountEvents', { account, at, from, limit: 1000 })) events.push(event)
      return events
    }
    const tell = () =>
      storyUpTo(ask, at, most).then(
        (found) => {
          if (asked.current !== of) return
          setTold({ of, told: found })
          setWhy(undefined)
        },
        (error: unknown) => {
          if (asked.current === of) setWhy(error instanceof Error ? error.message : String(error))
        },
      )
    // However quickly the ledger goes on, one story is read at a time, and the last that is wanted is the next.
    line.current.want({ work: tell })
  }, [of])
  return { told: told?.told, why, isOld: told !== undefined && told.of !== of }
}
