import type { Pool } from '@novation/clearing'
import { alone, marketOf, said, tick } from '../kit'
import { dueOf, ofBook, type Which } from './of-book'
import { ask, type Reactor } from './reactor'

const calls = (pool: Pool, which: Which) =>
  which(pool.standing.duties.call).map((account) => ask('CallMargin', { account }, account))
const caller = { name: 'margin', ...ofBook, ...dueOf(calls) } satisfies Reactor<ReturnType<typeof ofBook.initial>>

/** The book of the market once the price has fallen, which nobody has acted on, and the place in it before it fell. */
const fallen = () => {
  const history = alone({ name: 'margin', ...ofBook, due: () => [] })(...marketOf('alice', 'bob'), tick('4300'))
  const book = caller.initial('main')
  for (const event of history.slice(0, -1)) caller.evolve(book, event)
  const { place } = caller.news.since(book, 0)
  for (const event of history.slice(-1)) caller.evolve(book, event)
  return { book, place }
}

describe('a service that follows the book', () => {
  it('asks for what is due of everybody', () =>
    expect(caller.due(fallen().book).map(({ subject }) => subject)).toEqual(['alice']))

  it('asks of those only whom the news name, and only for what is due of them', () => {
    const { book } = fallen()
    const asked = (...ids: readonly string[]) => caller.news.due(book, new Set(ids)).map(({ subject }) => subject)
    expect(asked('alice', 'bob')).toEqual(['alice'])
    expect(asked('bob')).toEqual([])
  })

  it('has news of those whose standing may be another since it looked, and of nobody twice', () => {
    const { book, place } = fallen()
    const news = caller.news.since(book, place)
    expect([...(news.ids ?? [])]).toContain('alice')
    expect([...(caller.news.since(book, news.place).ids ?? [])]).toEqual([])
  })

  it('goes on from its snapshot as if it had never ended', () => {
    const { book } = fallen()
    const read = caller.snapshot.read(JSON.parse(JSON.stringify(caller.snapshot.write(book))))
    if (read._tag === 'Left') throw new Error(read.left)
    expect(caller.due(read.right)).toEqual(caller.due(book))
    expect(caller.snapshot.write(read.right)).toEqual(caller.snapshot.write(book))
  })

  it('asks once for what its news name', () =>
    expect(
      said(alone(caller)(...marketOf('alice', 'bob'), tick('4300'), tick('4290'))).filter(
        (type) => type === 'MarginCall',
      ),
    ).toEqual(['MarginCall']))
})
