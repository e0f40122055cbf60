import type { Prover, Taken } from '@novation/platform'
import type { Tail } from './tail'

export interface ProvingReport {
  /** All up to there was decided again; what was put aside meanwhile, and whose snapshots were proven. */
  readonly proved?: (pool: string, taken: Taken) => void
}

/** So many events at once are decided again: they bound what is under way when the ledger stops. */
const batch = 500

/** How long the prover rests when there is nothing to prove. */
const rest_ms = 1_000

/**
 * Has what the ledger acknowledged decided again by somebody else, for ever, behind the ledger: of the same words the same
 * must come. `tail` is handed what the ledger appends, and `head` tells how far the ledger is. Rejects where
 * the two differ.
 */
export const keepProving = async (
  pool: string,
  begun: Promise<Prover>,
  tail: Tail,
  head: () => number,
  { proved }: ProvingReport,
  signal: AbortSignal,
): Promise<void> => {
  const prover = await begun
  tail.moveTo(prover.from)
  const close = (): void => void prover.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    while (!signal.aborted) {
      const events = await tail.next(batch)
      if (events.length === 0) {
        await tail.wait(rest_ms)
        continue
      }
      const taken = await prover.take(events, head())
      proved?.(pool, taken)
    }
  } catch (error) {
    // What was under way when the prover was told to end is nobody's loss: it is proven by the next one.
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', close)
    await prover.close()
  }
}
