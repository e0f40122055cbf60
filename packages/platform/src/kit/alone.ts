import { type Book, emptyPool } from '@novation/clearing'
import { type Command, decodeCommand, type LedgerEvent, parseTime } from '@novation/events'
import { hostReactor } from '../host/hosted'
import { advance, startMesh } from '../host/mesh'
import type { Reactor } from '../host/reactor'

/** Every story of a service begins here. */
export const begins = parseTime('2020-03-12T10:00:00Z')

/** What is sent, by the operator where nobody else is named; at its place in the row where no second is named. */
export type Sent = readonly [type: Command['type'], data: object, actor?: string, second?: number]

/** What happens when these are sent to a pool in which `reactor` is the only service there is; one that reads the ledger's own book is given it. */
export const alone =
  <S>(reactor: Reactor<S> | ((book: Book) => Reactor<S>)) =>
  (...wishes: readonly Sent[]): readonly LedgerEvent[] => {
    const book = emptyPool('main')
    const hosted = hostReactor(typeof reactor === 'function' ? reactor(book) : reactor, 'main')
    const mesh = startMesh(book, [hosted])
    return wishes.flatMap(([type, data, actor = 'operator', second], i) => {
      const command = decodeCommand({ id: `c-${i}`, type, pool: 'main', data }, actor)
      if (command._tag === 'Left') throw new Error(command.left.reason)
      return advance(mesh, command.right, begins + (second ?? i) * 1000, 100).events
    })
  }

/** The types alone. */
export const said = (events: readonly LedgerEvent[]): readonly string[] => events.map(({ type }) => type)
