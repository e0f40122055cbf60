import { type Book, copyOf, process as decide, emptyPool } from '@novation/clearing'
import { type Command, encodeEvent, type Millis, type Stored, streamOf } from '@novation/events'
import { type EventStore, systemScheduler } from '@novation/platform'
import { writeAll } from '../../demo/baselines'
import { houseOf } from '../house'
import { loadOf } from '../load'
import { now_ms } from '../measure'
import type { Turn, Way } from './turns'
import { turnSize } from './writing'

export const bareWrite = 'bare write and fdatasync of the same bytes'

/** The events that each command made. */
type Made = readonly (readonly Stored[])[]

const decideAll = (pool: Book, commands: Iterable<Command>, at: Millis): Made => {
  const made: Stored[][] = []
  for (const command of commands) {
    const outcome = decide(pool, command, at)
    if (outcome.tag !== 'decided') throw new Error(`${command.id} was ${outcome.tag}`)
    made.push(outcome.events.map(encodeEvent))
  }
  return made
}

/** Appends what each command made by itself, as the first events of a stream. */
const appendEach = async (store: EventStore, stream: string, made: Made): Promise<void> => {
  let revision = -1
  for (const events of made) {
    const [first, ...rest] = events.map((event, i) => ({ ...event, revision: revision + 1 + i }))
    if (first === undefined) continue
    const outcome = await store.append(stream, [first, ...rest], revision)()
    if (outcome._tag === 'Left') throw new Error(`the store answered ${outcome.left.tag}`)
    revision = outcome.right
  }
}

/** The parts of a ledger's work, each alone, on what the commands of one turn make. */
export const bareWays = (store: EventStore, folder: string): readonly Way[] => {
  const at = systemScheduler.now()
  const { accounts, commands } = turnSize
  const house = emptyPool('bare')
  void decideAll(house, houseOf('bare', accounts, at), at)
  const load = [...loadOf('bare', 'load', accounts, commands, at)]
  const made = decideAll(copyOf(house), load, at)
  const texts = made.map((events) => events.map(({ body }) => body).join('\n'))
  const timed = async (work: () => void | Promise<void>): Promise<Turn> => {
    const began = now_ms()
    await work()
    return { commands, events: made.flat().length, ms: now_ms() - began }
  }
  const decideAgain = (): Promise<Turn> => {
    const book = copyOf(house)
    return timed(() => void decideAll(book, load, at))
  }
  return [
    { name: bareWrite, run: () => timed(() => writeAll(folder, texts, 1)) },
    {
      name: 'the store alone, an append per command',
      run: (turn) => timed(() => appendEach(store, streamOf(`alone${turn}`), made)),
    },
    { name: 'deciding and sealing alone', run: () => decideAgain() },
  ]
}
