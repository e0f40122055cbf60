import type { Pool } from '@novation/client'
import { useEffect, useState } from 'preact/hooks'
import { pool } from '../model/session'

type Asked = Parameters<Pool['workOut']>[0]

/** What the gateway is working out, how far it has come, or what came of it. */
export type Worked<A> =
  | { readonly is: 'idle' }
  | { readonly is: 'working'; readonly says: string }
  | { readonly is: 'done'; readonly result: A }
  | { readonly is: 'failed'; readonly why: string }

/** Has the gateway work something out, for as long as it is wanted; whoever turns to something else stops waiting for it. */
export const useJob = <A,>(asked: Asked | undefined): Worked<A> => {
  const [state, setState] = useState<Worked<A>>({ is: 'idle' })
  const key = JSON.stringify(asked)
  useEffect(() => {
    if (asked === undefined) {
      setState({ is: 'idle' })
      return undefined
    }
    const stop = new AbortController()
    setState({ is: 'working', says: 'asked' })
    pool()
      .workOut(asked, {
        signal: stop.signal,
        hear: ({ state: says }) => {
          if (!stop.signal.aborted) setState({ is: 'working', says })
        },
      })
      .then(
        ({ text }) => {
          if (!stop.signal.aborted) setState({ is: 'done', result: JSON.parse(text) as A })
        },
        (error: unknown) => {
          if (!stop.signal.aborted)
            setState({ is: 'failed', why: error instanceof Error ? error.message : String(error) })
        },
      )
    return () => stop.abort()
  }, [key])
  return state
}
