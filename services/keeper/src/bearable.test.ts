import { type Book, backstop, emptyPool, foresee } from '@novation/clearing'
import { alone, btcPerp, marketOf, type Sent, tick } from '@novation/platform/kit'
import { bearable } from './bearable'

/** The ledger's book once alice, whose equity is 200 and whose position is worth 4200, is under liquidation. */
const bookWhere = (capital: string): Book => {
  const withdrawn = String(1000 - Number(capital))
  const fine = { ...btcPerp, lot: '0.000001' }
  const wishes = marketOf('alice', 'bob', backstop).map(
    (wish): Sent => (wish[0] === 'ListInstrument' ? [wish[0], fine] : wish),
  )
  let read = emptyPool('main')
  alone((book) => {
    read = book
    return { name: 'liquidator', initial: () => book, evolve: (same) => same, due: () => [] }
  })(...wishes, ['Withdraw', { account: backstop, asset: 'USD', amount: withdrawn }], tick('4200'), [
    'StartLiquidation',
    { account: 'alice' },
    'liquidator',
  ])
  return read
}

const steps = 1024

/** The largest of all parts, tried one by one: 1/1024 is exact in ten digits. */
const largest = (book: Book): number | undefined =>
  Array.from({ length: steps }, (_, i) => (steps - i) / steps).find((fraction) => {
    const data = { liquidation: 'alice:1', bidder: backstop, fraction: fraction.toFixed(10) }
    const { decision } = foresee(book, {
      id: 'x',
      type: 'BidLiquidation',
      pool: 'main',
      actor: `keeper:${backstop}`,
      data,
    })
    return decision._tag === 'Right'
  })

describe('what a bidder can bear', () => {
  it.each(['0.5', '1', '5', '20', '60'])('is the largest of 1024 parts that the rules accept, with %s', (capital) => {
    const book = bookWhere(capital)
    const expected = largest(book)
    expect(expected).toBeLessThan(1)
    expect(Number(bearable(book, 'alice:1', backstop))).toBe(expected)
  })

  it('is all of it where that is accepted', () => expect(bearable(bookWhere('999'), 'alice:1', backstop)).toBe('1'))

  it('is nothing where not even the least is', () => {
    const book = bookWhere('0.3')
    expect(largest(book)).toBeUndefined()
    expect(bearable(book, 'alice:1', backstop)).toBeUndefined()
  })

  it('is bid for whole where the rules turn it down for another reason, so that the ledger says so', () =>
    expect(bearable(bookWhere('999'), 'alice:9', backstop)).toBe('1'))
})
