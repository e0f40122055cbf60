import { type Book, emptyPool, process } from '@novation/clearing'
import { bulkParts } from './bulk-parts'
import { market, sendAll, trade, wish, wornOut_s } from './kit/market'
import { startMesh } from './mesh'

/** A book amid the settlement of a position and of its counterparts, an account an append. */
const amidst = () => {
  const names = ['bob', 'carol', 'dave']
  const sellers = Object.fromEntries(names.map((name) => [name, '100']))
  const small = startMesh(emptyPool('main', { accounts: 1, closes: 1 }), [])
  const { mesh } = sendAll(small, [
    ...market({ alice: '1000', ...sellers }),
    ...names.map((name) => trade('alice', name, '1')),
  ])
  const { command, at } = wish('SettleInstrument', { instrument: 'BTC-PERP', price: '101' }, wornOut_s)
  const outcome = process(mesh.pool, command, at)
  const book = mesh.pool
  if (outcome.tag !== 'decided' || book.bulk === undefined) throw new Error('no bulk is under way')
  return { book, bulk: book.bulk }
}

describe('the parts of a bulk', () => {
  it('go on to its end: an entry each, and the end', () => {
    const { book, bulk } = amidst()
    const parts = [...bulkParts(book)]
    expect(parts).toHaveLength(bulk.entries + 1)
    expect(book.bulk).toBeUndefined()
    expect(parts.at(-1)?.events.map(({ type }) => type)).toContain('BulkEnded')
  })

  it('are none where no bulk is under way', () => expect([...bulkParts(emptyPool('main'))]).toEqual([]))

  it('end with a message where they go on beyond their plan', () => {
    const { book, bulk } = amidst()
    book.set<Book, 'bulk'>(book, 'bulk', { ...bulk, entries: 1 })
    expect(() => [...bulkParts(book)]).toThrow(/^bulk .* of 1 entries does not end in 3 parts$/)
  })
})
