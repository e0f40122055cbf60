import { emptyPool, isWhole, stateHash } from '@novation/clearing'
import { encodeEvent, type LedgerEvent } from '@novation/events'
import { advance, startMesh } from '@novation/platform'
import { serviceReactors } from '../reactors'
import { marketOf, type Setting } from './market'

/** The pools that are made, which differ in how losses are borne. */
export const settings = (accounts: number): readonly Setting[] => [
  { pool: 'main', accounts, deleveraging: 'queue' },
  { pool: 'alts', accounts: accounts >> 1, deleveraging: 'pro-rata' },
  { pool: 'small', accounts: 40, deleveraging: 'queue' },
]

/** What comes of one wish and of all that the services ask because of it. */
export interface Made {
  readonly events: readonly LedgerEvent[]
  /** Of the state after them, every so many commands from outside. */
  readonly state?: string
}

/** Commands from outside, between two looks at the state. */
const stride = 100

/** The history of one pool, the services reacting, of so many events at least. */
export function* madeHistory(setting: Setting, seed: number, events: number): Generator<Made> {
  const book = emptyPool(setting.pool)
  const mesh = startMesh(book, serviceReactors(book))
  let asked = 0
  for (const { command, at } of marketOf(setting, seed, () => book)) {
    const made = advance(mesh, command, at, 1_000_000)
    asked += 1
    const isLast = book.revision + 1 >= events && isWhole(book)
    const isDue = (asked % stride === 0 || isLast) && made.events.length > 0
    yield { events: made.events, ...(isDue ? { state: stateHash(book) } : {}) }
    if (isLast) return
  }
}

/** As lines for a process that decides the same again: what the state must be comes before the events it is the state after. */
export const linesOf = ({ events, state }: Made): string => {
  const last = events.at(-1)
  const expected = last === undefined || state === undefined ? '' : `${JSON.stringify({ at: last.revision, state })}\n`
  return events.reduce((text, event) => `${text}${JSON.stringify(encodeEvent(event))}\n`, expected)
}
