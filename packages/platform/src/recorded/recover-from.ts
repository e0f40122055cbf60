import type { LedgerEvent } from '@novation/events'
import { type Mesh, recovery, type Step } from '../host/mesh'

/** Folds a history of any length into a mesh, event by event, and does what was left undone in it. */
export const recoverFrom = async (
  mesh: Mesh,
  history: AsyncIterable<LedgerEvent>,
  maxSettle: number,
): Promise<Step> => {
  const { read, resume } = recovery(mesh)
  for await (const event of history) read(event)
  return resume(maxSettle)
}
