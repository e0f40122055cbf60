import { backstop, emptyPool, missingFor, type Pool } from '@novation/clearing'
import fc from 'fast-check'
import { alone, marketOf, tick } from '../kit'
import { hostOn } from './hosted'
import { market, price, type Sent, sendAll, trade, wish } from './kit/market'
import { startMesh } from './mesh'
import { bookFold, onDuties } from './on-book'
import { type Ask, ask } from './reactor'

const names = ['alice', 'carol', 'dave'] as const

const isWithoutPrice = (pool: Pool, id: string): boolean => {
  const account = pool.accounts.get(id)
  return account === undefined || missingFor(pool, account).length > 0
}

/** All that an account can need, asked about by one reactor each. */
const reactors = [
  onDuties({
    name: 'margin',
    asks: ({ standing: { duties } }, which) => [
      ...which(duties.call).map((account) => ask('CallMargin', { account }, account)),
      ...which(duties.closeCall).map((account) => ask('CloseCall', { account }, account)),
    ],
    waits: isWithoutPrice,
  }),
  onDuties({
    name: 'liquidator',
    asks: ({ standing: { duties } }, which) =>
      which(duties.start).map((account) => ask('StartLiquidation', { account }, account)),
    // Asks on stale prices too.
    waits: () => false,
  }),
]

const begun: readonly Sent[] = [
  ...market({ alice: '110', carol: '150', dave: '200', bob: '100000', [backstop]: '1' }),
  ...names.flatMap((name) => [trade(name, 'bob', '10'), trade(name, 'bob', '1', 'ETH-PERP')]),
]

/** What happens next, each so many seconds later: prices that fall and rise, and go stale by waiting; money that comes and goes. */
const steps = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.oneof(
      fc.record({ instrument: fc.constantFrom('BTC-PERP', 'ETH-PERP'), price: fc.integer({ min: 82, max: 104 }) }),
      fc.record({ account: fc.constantFrom(...names), amount: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ opened: fc.constant(true) }),
    ),
  ),
  { maxLength: 40 },
)

const sentOf = (drawn: readonly (readonly [number, object])[]): readonly Sent[] => {
  let second = 0
  return drawn.map(([later, what], i): Sent => {
    second += later
    if ('instrument' in what && 'price' in what) return price(String(what.price), second, String(what.instrument))
    if ('account' in what && 'amount' in what)
      return wish(
        'Deposit',
        { account: String(what.account), asset: 'USD', amount: String(what.amount) },
        second,
        `d${i}`,
      )
    return wish('OpenAccount', { account: `new-${i}` }, second)
  })
}

const headAfter = (sent: readonly Sent[], isLookingAtAll: boolean): string => {
  const book = emptyPool('main')
  const own = isLookingAtAll ? reactors.map(({ watch: _, ...reactor }) => reactor) : reactors
  void sendAll(startMesh(book, [hostOn(book, own)]), sent)
  return book.head
}

/** The book of the market once the price has fallen, which nobody has acted on. */
const fallen = () => {
  const history = alone({ name: 'margin', ...bookFold, due: () => [] })(...marketOf('alice', 'bob'), tick('4300'))
  return history.reduce(bookFold.evolve, bookFold.initial('main'))
}

describe('a reactor that reads the book', () => {
  const [caller] = reactors

  it('asks for what is due of everybody, and step by step of those only whose standing may be another since it looked', () => {
    const book = fallen()
    const asked = (asks: readonly Ask[] | undefined) => asks?.map(({ subject }) => subject)
    expect(asked(caller?.due(book))).toEqual(['alice'])
    const watch = caller?.watch?.()
    expect(asked(watch?.(book, new Set(), false))).toEqual(['alice'])
    expect(asked(watch?.(book, new Set(), false))).toEqual([])
    expect(asked(watch?.(book, new Set(['bob']), true))).toEqual([])
    expect(asked(watch?.(book, new Set(['alice']), true))).toEqual(['alice'])
  })

  it('goes on from its snapshot as if it had never ended', () => {
    const book = fallen()
    const read = bookFold.snapshot?.read(JSON.parse(JSON.stringify(bookFold.snapshot.write(book))))
    if (read?._tag !== 'Right') throw new Error(read?.left)
    expect(caller?.due(read.right)).toEqual(caller?.due(book))
    expect(bookFold.snapshot?.write(read.right)).toEqual(bookFold.snapshot?.write(book))
  })
})

describe('a reactor that looks only at those whose duties may have changed', () => {
  it('asks the very same as one that looks at everybody after every command', () => {
    fc.assert(
      fc.property(steps, (drawn) => {
        const sent = [...begun, ...sentOf(drawn)]
        expect(headAfter(sent, false)).toBe(headAfter(sent, true))
      }),
    )
  })
})
