import { useEffect, useState } from 'preact/hooks'
import type { Known } from '../model/answers'
import { pause } from '../world'

/** So often what is of now is asked for anew. */
const rest_ms = 2_000

/** What is of now and of no revision: asked for again and again while somebody looks, and at once where `again` has changed. */
export const useNow = <A>(ask: () => Promise<A>, of: string, again = 0): Known<A> => {
  const [known, setKnown] = useState<Known<A>>({ isWaiting: true })
  useEffect(() => {
    let isLooked = true
    const listen = async (): Promise<void> => {
      while (isLooked) {
        const next = await ask().then(
          (data): Known<A> => ({ data, isWaiting: false }),
          (error: unknown): Known<A> => ({
            isWaiting: false,
            why: error instanceof Error ? error.message : String(error),
          }),
        )
        if (isLooked) setKnown(next)
        await pause(rest_ms)
      }
    }
    void listen()
    return () => {
      isLooked = false
    }
  }, [of, again])
  return known
}
