import { type LedgerEvent, sealEvent } from '@novation/events'
import { isNonEmpty } from 'fp-ts/Array'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { crash, variety } from '../kit/histories'
import { traitsOf } from '../laws/taken-back'
import { type Book, emptyPool } from '../state/book'
import { evolve } from '../state/evolve'
import { judge } from '../state/judge'
import { decideAgain } from './decide-again'

/** A history in pieces: the events of each command, and of each part of a bulk. */
const groupsOf = (events: readonly LedgerEvent[]): readonly NonEmptyArray<LedgerEvent>[] =>
  events.flatMap(({ revision, metadata }) => {
    const group = events.slice(revision, revision + (metadata.events ?? 0))
    return isNonEmpty(group) ? [group] : []
  })

const foldOf = (events: readonly LedgerEvent[]): Book => judge(events.reduce(evolve, emptyPool('main')))

const groups = groupsOf(crash.events)
const [first, ...others] = groups
if (first === undefined) throw new Error('nothing happened')

/** The event as if something else had happened; its hash is its own. */
const changed = (event: LedgerEvent, change: object): LedgerEvent => {
  const {
    id: _,
    metadata: { hash: __, ...metadata },
    ...rest
  } = { ...event, ...change }
  return sealEvent<LedgerEvent>({ ...rest, metadata } as Parameters<typeof sealEvent<LedgerEvent>>[0]).event
}

describe('a history that is decided again', () => {
  it.each([
    ['a crash', crash],
    ['a little of everything', variety],
  ])('is the fold of its events, command by command: %s', (_, { events }) => {
    const book = emptyPool('main')
    for (const group of groupsOf(events)) expect(decideAgain(book, group)).toBeUndefined()
    expect(traitsOf(book)).toBe(traitsOf(foldOf(events)))
  })

  it('differs at the first event that is another one', () => {
    const group = others.find(({ length }) => length > 1)
    if (group === undefined) throw new Error('no command makes several events')
    const [head, second, ...rest] = group
    if (second === undefined) throw new Error('it has a second event')
    const before = crash.events.slice(0, head.revision)
    const forged = changed(second, { data: { ...second.data, account: 'mallory' } })
    expect(decideAgain(foldOf(before), [head, forged, ...rest])).toBe(
      `${head.metadata.commandId} makes another event ${second.revision} than is recorded`,
    )
  })

  it('differs where an event is missing at the end of a command', () => {
    const group = others.find(({ length }) => length > 1)
    if (group === undefined) throw new Error('no command makes several events')
    const short = group.slice(0, -1)
    if (!isNonEmpty(short)) throw new Error('something is left')
    expect(decideAgain(foldOf(crash.events.slice(0, group[0].revision)), short)).toMatch(/makes more events than/)
  })

  it('differs where a command was decided twice, would be refused, or goes on with nothing', () => {
    const [event] = first
    const book = foldOf(first)
    const next = changed(event, { revision: book.revision + 1 })
    expect(decideAgain(book, [next])).toBe(`${event.metadata.commandId} was decided at revision 0 already`)
    const { command, ...metadata } = event.metadata
    const foreign = command === undefined ? metadata : { ...metadata, command: { ...command, pool: 'other' } }
    expect(decideAgain(emptyPool('main'), [changed(event, { metadata: foreign })])).toMatch(/refused: wrong-pool/)
    expect(decideAgain(emptyPool('main'), [changed(event, { metadata })])).toMatch(/a bulk, but none is under way/)
  })

  it('is folded where an older schema wrote it, and is nothing that other rules decided', () => {
    const [event] = first
    const forged = (more: object) => changed(event, { metadata: { ...event.metadata, ...more } })
    const older = forged({ version: 0 })
    const book = emptyPool('main')
    expect(decideAgain(book, [older])).toBeUndefined()
    expect(book.head).toBe(older.metadata.hash)
    expect(() => decideAgain(emptyPool('main'), [forged({ version: 0, decider: 1 })])).toThrow('rules 1')
  })
})
