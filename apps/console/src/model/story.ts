import type { SeenEvent } from '@novation/client'

/** How far one looks back for what happened to somebody: a little, more, then everything. */
const windows = [2_000, 50_000, Number.POSITIVE_INFINITY] as const
const enough = 12

/**
 * What happened to somebody up to a revision, newest first, at most `most` of it: asked for in the near past first, because most stories
 * are there, and history may be long.
 */
export const storyUpTo = async (
  ask: (from: number) => Promise<readonly SeenEvent[]>,
  revision: number,
  most: number,
): Promise<{ readonly events: readonly SeenEvent[]; readonly isWhole: boolean }> => {
  for (const window of windows) {
    const from = Math.max(0, revision - window)
    const events = await ask(from)
    if (from === 0 || events.length >= enough)
      return { events: events.slice(-most).reverse(), isWhole: from === 0 && events.length <= most }
  }
  return { events: [], isWhole: true }
}
