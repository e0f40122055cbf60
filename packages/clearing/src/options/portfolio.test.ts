import { format, toNumber, zero } from '@novation/decimal'
import {
  accepted,
  alice,
  all,
  assetPrice,
  bob,
  carol,
  dave,
  everybodyActs,
  given,
  happened,
  list,
  listOption,
  marketAt,
  optionMarket,
  parameters,
  passed,
  pool,
  price,
  rejected,
  type Step,
  startLiquidation,
  type Wish,
} from '../kit'
import { healthOf } from '../state/health'
import type { Pool } from '../state/pool'

const health = (of: Pool, id: string) => {
  const account = of.accounts.get(id)
  if (account === undefined) throw new Error(`no account ${id}`)
  return healthOf(of, account)
}

const required = (id: string, initial: string, maintenance: string) =>
  pool((now: Pool) => {
    const { initial: asked, maintenance: kept } = health(now, id)
    expect({ initial: format(asked), maintenance: format(kept) }).toEqual({ initial, maintenance })
  })

/** A market in which alice makes prices: two calls sold to bob and carol, one bought, hedged with a perpetual. */
const book = (margin: 'cross' | 'portfolio', cash = '20 USD'): Step =>
  all(
    optionMarket,
    listOption('HIGH', '110 call'),
    list('BTC-USD-PERP', { underlying: 'BTC' }),
    list('OTHER', { underlying: 'BTC' }),
    price('BTC-USD-PERP', '100'),
    price('OTHER', '100'),
    alice.opens(margin),
    alice.holds(cash),
    bob.holds('1000 USD'),
    carol.holds('1000 USD'),
    dave.holds('1000 USD'),
    alice.buys('1 BTC-USD-PERP at 100 from dave'),
    alice.sells('1 CALL at 7.6 to bob'),
    alice.buys('2 HIGH at 4 from carol'),
    alice.sells('1 CALL at 7.6 to bob'),
  )

const marked = (index: string): Step => all(price('BTC-USD-PERP', index), price('OTHER', index), marketAt(index))

describe('an account of portfolio margin', () => {
  it('is asked for what all of it may lose together', () =>
    given(book('portfolio')).then(required('alice', '15.09', '11.78')))

  it('which is less than what each of its positions is asked alone', () =>
    given(book('cross', '200 USD')).then(required('alice', '48.26', '35.41')))

  it('says which scenario binds, and what each position makes of it', () =>
    given(book('portfolio')).then(
      pool((now) => {
        const { portfolio } = health(now, 'alice')
        expect(portfolio?.requirement?.underlyings[0]?.binding).toMatchObject({ kind: 'row' })
        const parts = [...(portfolio?.contributions ?? [])].map(([id, part]) => [id, format(part)])
        expect(parts.map(([id]) => id)).toEqual(['BTC-USD-PERP', 'CALL', 'HIGH'])
      }),
    ))

  it('takes no trade beyond its initial margin', () =>
    given(book('portfolio')).when(alice.sells('20 CALL at 7.6 to bob')).then(rejected('insufficient-margin')))

  it('is judged anew whenever the underlying moves, also where it holds no option', () =>
    given(
      optionMarket,
      list('P', { underlying: 'BTC' }),
      price('P', '100'),
      alice.opens('portfolio'),
      alice.holds('30 USD'),
      bob.holds('1000 USD'),
      alice.buys('1 P at 100 from bob'),
    )
      .when(assetPrice('BTC', '160'))
      .then(alice.stands({ status: 'healthy', maintenanceMargin: '15.2' })))
})

describe('a portfolio under liquidation', () => {
  const breached = all(book('portfolio'), marked('84'), startLiquidation('alice'))

  it('is put up for auction below what is required of all of it', () =>
    given(book('portfolio'), marked('84'))
      .when(startLiquidation('alice'))
      .then(accepted, happened('LiquidationStarted', { binding: [{ underlying: 'BTC', row: '0.84 up' }] })))

  it('is relieved by a bid for a fraction of everything, as far as restores it', () =>
    given(breached)
      .when(carol.bids('1', 'alice:1'))
      .then(accepted, happened('Liquidated', { account: 'alice' })))

  it('is relieved by a bid for one position that adds to what is required', () =>
    given(breached)
      .when({
        type: 'BidLiquidation',
        data: { liquidation: 'alice:1', bidder: 'carol', instrument: 'BTC-USD-PERP', quantity: '1' },
      })
      .then(accepted))

  it('and not by one for a hedge', () =>
    given(breached)
      .when({
        type: 'BidLiquidation',
        data: { liquidation: 'alice:1', bidder: 'carol', instrument: 'HIGH', quantity: '2' },
      })
      .then(rejected('not-reducing')))

  it('is relieved by a hedge that is brought', () =>
    given(breached)
      .when({
        type: 'BidLiquidation',
        data: { liquidation: 'alice:1', bidder: 'dave', hedge: 'OTHER', quantity: '-1' },
      })
      .then(accepted))

  it('is relieved by as much of it on top of what it took on before', () => {
    const brings = (quantity: string): Wish => ({
      type: 'BidLiquidation',
      data: { liquidation: 'alice:1', bidder: 'dave', hedge: 'OTHER', quantity },
    })
    const held = (most: number) =>
      pool((now) =>
        expect(toNumber(now.accounts.get('alice')?.positions.get('OTHER')?.quantity ?? zero)).toBeCloseTo(-most, 2),
      )
    given(breached).when(brings('-1')).then(accepted, held(0.39))
    given(breached, brings('-0.1')).when(brings('-1')).then(accepted, held(0.39))
  })

  it('and whoever brings it is promised all of what it takes off as new risk', () =>
    given(parameters({ liquidation: { premium: '0.5', auction: { insolventSeconds: 1 } } }), breached, passed('1 s'))
      .when({
        type: 'BidLiquidation',
        data: { liquidation: 'alice:1', bidder: 'dave', hedge: 'OTHER', quantity: '-1' },
      })
      .then(happened('Liquidated', { maintenanceMargin: '12.02', payment: '3.48' })))

  it('and by none that leans further the same way', () =>
    given(breached)
      .when({ type: 'BidLiquidation', data: { liquidation: 'alice:1', bidder: 'dave', hedge: 'OTHER', quantity: '1' } })
      .then(rejected('not-reducing')))

  it('is closed against the others where nobody bids', () =>
    given(breached, ...Array.from({ length: 40 }, () => all(marked('84'), passed('60 s'))), marked('84'))
      .when(everybodyActs)
      .then(happened('Deleveraged', { account: 'alice' })))
})
