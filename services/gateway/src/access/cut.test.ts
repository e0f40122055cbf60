import type { LedgerEvent } from '@novation/events'
import { alone, tick } from '@novation/platform/kit'
import { market } from '../kit/house'
import { cutFor } from './cut'

/** A market in which there is a trade, a call, a liquidation with a fill, a default and what it costs others. */
const events: readonly LedgerEvent[] = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(
  ...market,
  ['FundInsurance', { asset: 'USD', amount: '50' }],
  tick('4300'),
  ['CallMargin', { account: 'alice' }, 'margin'],
  tick('4100'),
  ['StartLiquidation', { account: 'alice' }, 'liquidator'],
  ['BidLiquidation', { liquidation: 'alice:1', bidder: 'carol', fraction: '1' }, 'keeper:carol'],
  ['Deposit', { account: 'nobody', asset: 'USD', amount: '5' }, 'venue'],
  ['Withdraw', { account: 'bob', asset: 'USD', amount: '900000' }, 'venue'],
)

const people = ['alice', 'bob', 'carol']

describe.each(people)('what %s is told', (own) => {
  const others = people.filter((one) => one !== own)
  const told = events.flatMap((event) => cutFor(event, own) ?? [])

  it('names nobody else', () => {
    // A liquidation is named by its account, and that is public.
    for (const event of told)
      expect(JSON.stringify(event).replaceAll('alice:1', '')).not.toMatch(new RegExp(others.join('|')))
  })

  it('holds every posting of its own, and no other', () => {
    const isOwn = ({ account }: { readonly account: string }) => account.split('/')[1] === own
    const mine = events.flatMap(({ postings }) => postings.filter(isOwn))
    expect(told.flatMap(({ postings }) => postings)).toEqual(mine)
  })
})

it('tells a stranger what is said of nobody, and nothing else', () => {
  const types = new Set(events.flatMap((event) => cutFor(event, 'zoe')?.type ?? []))
  expect(types).toEqual(new Set(['AssetRegistered', 'InstrumentListed', 'PoolParametersSet', 'PriceTick']))
})

it('told alice of the call of somebody who is called as one of her auctions could be', () => {
  const passed = (what: string) =>
    ({
      type: 'TimePassed',
      data: { due: [{ what, id: 'alice:1' }] },
      postings: [],
      metadata: {},
    }) as unknown as LedgerEvent
  expect(cutFor(passed('auction'), 'alice')?.data).toEqual({ due: [{ what: 'auction', id: 'alice:1' }] })
  expect(cutFor(passed('margin-call'), 'alice')).toBeUndefined()
  expect(cutFor(passed('margin-call'), 'alice:1')?.data).toEqual({ due: [{ what: 'margin-call', id: 'alice:1' }] })
})

it('tells a side of a trade how far its own orders are filled by it, and not the other’s', () => {
  const fills = ['alice', 'bob'].map((account) => ({ account, order: 'o', digest: 'd', filled: '1' }))
  const data = { trade: 't', instrument: 'P', buyer: 'alice', seller: 'bob', quantity: '1', price: '1', fills }
  const cleared = { type: 'TradeCleared', data, postings: [], metadata: {} } as unknown as LedgerEvent
  expect(cutFor(cleared, 'alice')?.data).toMatchObject({ buyer: 'alice', fills: [{ account: 'alice' }] })
  expect(JSON.stringify(cutFor(cleared, 'alice'))).not.toContain('bob')
})

it('tells nobody the postings of one whose name begins as his own does', () => {
  const postings = ['trader/al', 'trader/al/P', 'trader/alice', 'trader/alice/P'].map((account) => ({
    ...{ account, asset: 'USD', amount: '1' },
  }))
  const data = { account: 'al', asset: 'USD', amount: '1' }
  const deposited = { type: 'CollateralDeposited', data, postings, metadata: {} } as unknown as LedgerEvent
  expect(cutFor(deposited, 'al')?.postings.map(({ account }) => account)).toEqual(['trader/al', 'trader/al/P'])
})

it('tells whom the fund pays neither for whom, nor under whose caps', () => {
  const under = [{ cap: 'member', of: 'alice', amount: '5' }]
  const data = { purpose: 'auction', defaulter: 'alice', to: 'bob', asset: 'USD', amount: '5', under }
  const drawn = { type: 'InsuranceDrawn', data, postings: [], metadata: {} } as unknown as LedgerEvent
  expect(cutFor(drawn, 'bob')?.data).toEqual({ purpose: 'auction', to: 'bob', asset: 'USD', amount: '5' })
  expect(cutFor(drawn, 'alice')?.data).toEqual({
    purpose: 'auction',
    defaulter: 'alice',
    asset: 'USD',
    amount: '5',
    under,
  })
})
