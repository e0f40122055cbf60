import { type Book, process as decide, emptyPool } from '@novation/clearing'
import { type Command, encodeEvent, type Millis, type Stored, streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'

/** An append stays well below what a server takes at once. */
const append_bytes = 512 * 1024

/** Decides commands in this process and appends what they made straight to the store: the way in for a large house. */
export const prepareLedger = async (
  store: EventStore,
  name: string,
  commands: Iterable<Command>,
  at: Millis,
): Promise<Book> => {
  const pool = emptyPool(name)
  let waiting: Stored[] = []
  let bytes = 0
  const append = async (): Promise<void> => {
    const [first, ...rest] = waiting
    if (first === undefined) return
    const outcome = await store.append(streamOf(name), [first, ...rest], first.revision - 1)()
    if (outcome._tag === 'Left') throw new Error(`the store answered ${outcome.left.tag}`)
    waiting = []
    bytes = 0
  }
  for (const command of commands) {
    const outcome = decide(pool, command, at)
    if (outcome.tag !== 'decided' || outcome.rejection !== undefined)
      throw new Error(
        `${command.id} was not accepted: ${JSON.stringify(outcome.tag === 'decided' && outcome.rejection)}`,
      )
    const made = outcome.events.map(encodeEvent)
    waiting.push(...made)
    bytes += made.reduce((sum, { body }) => sum + body.length, 0)
    if (bytes >= append_bytes) await append()
  }
  await append()
  return pool
}
