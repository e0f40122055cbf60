import type { Verify } from '@novation/events'

/**
 * Checks each signature of a world once, however many ask: ledger, its prover, the laws. Whether one holds follows from key, text and
 * signature, so all of the three must be those that were checked.
 */
export const remembering = (verify: Verify): Verify => {
  const known = new Map<string, { readonly key: string; readonly text: string; readonly holds: boolean }>()
  return (key, text, signature) => {
    const last = known.get(signature)
    if (last !== undefined && last.key === key && last.text === text) return last.holds
    const holds = verify(key, text, signature)
    known.set(signature, { key, text, holds })
    return holds
  }
}
