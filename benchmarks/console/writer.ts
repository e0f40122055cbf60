import { process as decide, emptyPool } from '@novation/clearing'
import { encodeEvent, type Stored, streamOf } from '@novation/events'
import { openEmbeddedStore } from '@novation/platform'
import { commandsOf, type Timed } from '../made-ledger/commands'

/**
 * Writes a ledger by the real rules: first so many events at once, then so many a second until it is ended. A process of its own, as the
 * ledger of a venue is.
 *
 *   writer.ts DIR ACCOUNTS EVENTS A-SECOND
 */
const [, , folder = '', accounts = '', events = '', perSecond = ''] = process.argv
const batch = 1_000
const beat_ms = 100

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const main = async (): Promise<void> => {
  const store = openEmbeddedStore(folder)
  const pool = emptyPool('main')
  const commands: Iterator<Timed, void> = commandsOf(Number(accounts), 1)

  /** Decides and appends until there are so many events. */
  const writeUpTo = async (wanted: number): Promise<void> => {
    while (pool.revision + 1 < wanted) {
      const waiting: Stored[] = []
      while (waiting.length < batch && pool.revision + 1 < wanted) {
        const { value } = commands.next()
        if (value === undefined) return
        const outcome = decide(pool, value.command, value.at)
        if (outcome.tag !== 'decided') throw new Error(`${value.command.id} was ${outcome.tag}`)
        waiting.push(...outcome.events.map(encodeEvent))
      }
      const [first, ...rest] = waiting
      if (first === undefined) return
      const appended = await store.append(streamOf('main'), [first, ...rest], first.revision - 1)()
      if (appended._tag === 'Left') throw new Error(`the store answered ${appended.left.tag}`)
    }
  }

  await writeUpTo(Number(events))
  process.send?.('written')
  const began = { at: Date.now(), events: pool.revision + 1 }
  for (;;) {
    await pause(beat_ms)
    await writeUpTo(began.events + Math.floor(((Date.now() - began.at) / 1000) * Number(perSecond)))
  }
}
void main()
