import { decimal, format } from '@novation/decimal'
import { formatTime, usualModel } from '@novation/events'
import { type Series, valuationOf } from '@novation/risk'
import { type Day, type Moment, priceOf } from './day'
import { asset, type Wish, wish } from './house'

// A demo with portfolios: options on the coin of the lead, in the same crash.

/** What the options are on, and the perpetual on it by which who makes their market hedges. */
const coin = 'BTC'
const hedge = 'BTC-MINI'
const lot = '0.01'

/** Who makes a market in options, and stands under one requirement for a whole book. */
export const optionMakers = ['options-1', 'options-2'] as const

/** Who has sold options with little behind it: one for every 25 traders. */
export const writersOf = (traders: number): readonly string[] =>
  Array.from({ length: Math.max(4, Math.floor(traders / 25)) }, (_, i) => `writer-${String(i + 1).padStart(3, '0')}`)

const expiresIn_ms = 30 * 86_400_000

const volatility = '0.8'

/** A month from the day’s beginning: nothing of it ends in the demo. */
const expiryOf = ({ moments }: Day): string => formatTime((moments[0]?.at ?? 0) + expiresIn_ms)

const strikeAt = (price: number, share: number): string => String(Math.round((price * share) / 10) * 10)

/** A put below the price as the day begins, and a call above. */
const seriesOf = (day: Day) => {
  const price = Number(priceOf(day.moments[0] as Moment, day.market.lead))
  return [
    { instrument: 'BTC-PUT', strike: strikeAt(price, 0.9), optionType: 'put' },
    { instrument: 'BTC-CALL', strike: strikeAt(price, 1.1), optionType: 'call' },
  ] as const
}

/** What is listed, and who is in it, before the first price. */
export const openOptions = (day: Day, traders: number): readonly Wish[] => {
  const expiry = expiryOf(day)
  const price = Number(priceOf(day.moments[0] as Moment, day.market.lead))
  const tolerance_s = Math.max(1, Math.round(3 * day.bar_s))
  const terms = { settlementAsset: asset, underlying: coin, lot }
  return [
    wish('operator', 'RegisterAsset', { asset: coin, decimals: 8, haircut: '0.1' }),
    wish('operator', 'SetRiskModel', { underlying: coin, ...usualModel }),
    wish('operator', 'SetPoolParameters', { forwardTolerance_s: tolerance_s, volatilityTolerance_s: tolerance_s }),
    wish('operator', 'ListInstrument', {
      ...terms,
      instrument: hedge,
      kind: 'perpetual',
      margin: { model: 'tiered', tiers: [{ initial: '0.05', maintenance: '0.025' }] },
    }),
    ...seriesOf(day).map((series) =>
      wish('operator', 'ListInstrument', { ...terms, kind: 'option', expiry, ...series }),
    ),
    ...[
      ...optionMakers.map((account) => [account, 'portfolio', 2 * price * writersOf(traders).length] as const),
      ...writersOf(traders).map((account) => [account, 'cross', price] as const),
    ].flatMap(([account, margin, amount]) => [
      wish('venue', 'OpenAccount', { account, margin }),
      wish('venue', 'Deposit', { account, asset, amount: amount.toFixed(2) }),
    ]),
  ]
}

/** All that options are marked by, at each moment. */
export const tellOptions = (day: Day, moment: Moment): readonly Wish[] => {
  const [price, expiry] = [priceOf(moment, day.market.lead), expiryOf(day)]
  const points = seriesOf(day).map(({ strike }) => ({ strike, volatility }))
  return [
    wish('oracle', 'PublishPrice', { asset: coin, price }),
    wish('oracle', 'PublishPrice', { instrument: hedge, price }),
    wish('oracle', 'PublishForward', { underlying: coin, expiry, price }),
    wish('oracle', 'PublishVolatility', { underlying: coin, expiry, points }),
  ]
}

/** The mark of a series at a moment, as the house will have it. */
const markAt = (day: Day, moment: Moment, series: ReturnType<typeof seriesOf>[number]): string => {
  const index = decimal(priceOf(moment, day.market.lead))
  const expiry_ms = Date.parse(expiryOf(day))
  const points = seriesOf(day).map((each) => ({ strike: decimal(each.strike), volatility: decimal(volatility) }))
  const surface = { volatility: { points }, forward: index, tau_ms: expiry_ms - moment.at }
  const expiries = new Map([[expiry_ms, { forward: { price: index, index }, surface }]])
  const of: Series = { ...series, id: series.instrument, underlying: coin, expiry_ms, strike: decimal(series.strike) }
  return format(valuationOf(coin, { index, asOf_ms: moment.at, expiries }).mark(of) ?? decimal('0'))
}

/** Writers sell one option each, the more puts, to who makes the market; who sells calls in turn, and buys the coin against the puts. */
export const dealOptions = (day: Day, traders: number, index: number): readonly Wish[] => {
  const moment = day.moments[index]
  const [put, call] = seriesOf(day)
  const i = index - firstDeal
  const writer = writersOf(traders)[i]
  if (moment === undefined || writer === undefined) return []
  const maker = optionMakers[i % optionMakers.length] ?? optionMakers[0]
  const deal = (name: string, instrument: string, buyer: string, seller: string, quantity: string, price: string) =>
    wish('venue', 'ClearTrade', { trade: `${name}-${writer}`, instrument, buyer, seller, quantity, price })
  const sold = i % 3 === 2 ? call : put
  return [
    deal('write', sold.instrument, maker, writer, '3', markAt(day, moment, sold)),
    ...(sold === put
      ? [
          deal('cover', call.instrument, 'maker-1', maker, '2', markAt(day, moment, call)),
          deal('hedge', hedge, maker, 'maker-2', '1', priceOf(moment, day.market.lead)),
        ]
      : []),
  ]
}

/** Before that everybody has come who makes the market. */
const firstDeal = 2
