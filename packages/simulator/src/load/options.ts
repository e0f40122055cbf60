import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import type { Weather } from '../engine/weather'
import { ladder, premiumOf, type Quoted } from './option-prices'
import {
  anySeries,
  coin,
  expiriesIn,
  future,
  type OptionTerms,
  optionTerms,
  perpetual,
  type Series,
  seriesIn,
} from './option-terms'
import { begin, type Scene } from './scene'
import { type Sending, sending } from './sending'

/** Who makes a market in options, with one requirement for a whole book; and who sells them with little behind it. */
const makers = ['m1', 'm2'] as const
const sellers = ['n1', 'n2', 'n3'] as const
/** Who has enough for the other side of anything. */
const counterparty = 'r1'

/** What is there before anybody trades: the coin, its model, its first prices, what is listed, and who is in it. */
const opening = (dice: Dice, { pool }: Scene, terms: OptionTerms): readonly Sending[] => {
  const sent = (at_ms: number, id: string, type: string, data: unknown, actor?: string) =>
    sending(pool, at_ms, `o-${id}`, type, data, actor)
  const open = (account: string, margin: string, amount: number): readonly Sending[] => [
    sent(1_700, `open-${account}`, 'OpenAccount', { account, margin }),
    sent(3_000, `in-${account}`, 'Deposit', { account, asset: 'USD', amount: String(amount) }),
    ...(dice.chance(0.3)
      ? [sent(3_400, `coins-${account}`, 'Deposit', { account, asset: coin, amount: dice.next().toFixed(3) })]
      : []),
  ]
  const linear = { settlementAsset: 'USD', underlying: coin, lot: '0.1', margin: terms.margin }
  return [
    sent(1_200, 'coin', 'RegisterAsset', { asset: coin, decimals: 8, haircut: '0.1' }),
    sent(1_800, 'window', 'SetPoolParameters', terms.parameters),
    sent(2_000, 'model', 'SetRiskModel', terms.model),
    sent(2_100, 'perpetual', 'ListInstrument', { ...linear, instrument: perpetual, kind: 'perpetual' }),
    sent(2_100, 'future', 'ListInstrument', {
      ...linear,
      instrument: future,
      kind: 'future',
      expiry: formatTime(terms.expiries[0]),
    }),
    ...seriesIn(terms).map(({ id, expiry, strike, optionType }) =>
      sent(2_200, `list-${id}`, 'ListInstrument', {
        instrument: id,
        kind: 'option',
        settlementAsset: 'USD',
        underlying: coin,
        expiry: formatTime(expiry),
        strike: String(strike),
        optionType,
        lot: '0.1',
      }),
    ),
    ...makers.flatMap((account) => open(account, 'portfolio', dice.whole(600, 4_000))),
    ...open(counterparty, 'cross', 500_000),
    ...sellers.flatMap((account) => open(account, dice.pick(['cross', 'cross', 'portfolio']), dice.whole(40, 200))),
  ]
}

/** Everything that options are marked by, as it is told at one moment; the surface is left out where nobody tells it. */
const told = (pool: string, at: number, id: string, quoted: Quoted, terms: OptionTerms, isSilent: boolean) => {
  const observedAt = formatTime(begin + at)
  const price = quoted.index.toFixed(4)
  const say = (name: string, type: string, data: object): Sending =>
    sending(pool, at, `${id}-${name}`, type, { ...data, observedAt }, 'oracle')
  return [
    say('index', 'PublishPrice', { asset: coin, price }),
    say('perpetual', 'PublishPrice', { instrument: perpetual, price }),
    say('future', 'PublishPrice', { instrument: future, price }),
    ...expiriesIn(terms, begin + at).flatMap((expiry, i) => [
      say(`forward-${i}`, 'PublishForward', {
        underlying: coin,
        expiry: formatTime(expiry),
        price: (quoted.index * 1.001).toFixed(4),
      }),
      ...(isSilent
        ? []
        : [
            say(`surface-${i}`, 'PublishVolatility', {
              underlying: coin,
              expiry: formatTime(expiry),
              points: ladder(quoted.level),
            }),
          ]),
    ]),
  ]
}

/** Where prices go in one step: about where they are, up or down at once now and then, and volatility with them. */
const moved = (dice: Dice, weather: Weather, { index, level }: Quoted, drift: number): Quoted => {
  const jump = dice.chance(0.04 + weather['price-crash'] * 0.05) ? dice.pick([0.75, 0.9, 1.12, 1.35]) : 1
  return {
    index: Math.min(400, Math.max(20, index * jump * (1 + drift + 0.03 * (dice.next() - 0.5)))),
    level: Math.min(4, Math.max(1, level * (0.9 + 0.2 * dice.next()))),
  }
}

interface Moment {
  readonly at: number
  readonly quoted: Quoted
}

/** Who asks whom for an option, how much of it at first, and which part of that each time after. */
interface Wish {
  readonly series: Series
  readonly buyer: string
  readonly seller: string
  readonly first: number
  readonly part: number
}

/** Somebody asks for as much as his margin allows: for too much at first, and less and less until it is done. */
const asMuchAsFits = (pool: string, { at, quoted }: Moment, { series, buyer, seller, first, part }: Wish) => {
  const price = premiumOf(series, quoted, begin + at).toFixed(4)
  return Array.from({ length: 9 }, (_, i) => {
    const quantity = (first * part ** i).toFixed(1)
    const data = { trade: `fit-${at}-${i}`, instrument: series.id, buyer, seller, quantity, price }
    return sending(pool, at + 100 + i, `o-fit-${at}-${i}`, 'ClearTrade', data, 'venue')
  })
}

/** Makers up to what they have, and who sells as one who buys. */
const fitting = (dice: Dice, pool: string, terms: OptionTerms, moment: Moment): readonly Sending[] => {
  const series = anySeries(dice, terms, begin + moment.at)
  if (series === undefined) return []
  const [buyer, seller] = dice.pick([
    ['m1', counterparty],
    ['m2', counterparty],
    [counterparty, 'm1'],
    ['n2', 'm1'],
  ])
  return asMuchAsFits(pool, moment, { series, buyer, seller, first: dice.whole(100, 900), part: 0.7 })
}

/** Who has little buys as much as he may, beside what he has sold, where it is the bend of the smile that costs the most. */
const bent = (dice: Dice, pool: string, terms: OptionTerms, moment: Moment): readonly Sending[] => {
  const series = anySeries(dice, terms, begin + moment.at)
  if (series === undefined) return []
  const first = Math.min(900, 400 / Math.max(0.1, premiumOf(series, moment.quoted, begin + moment.at)))
  return asMuchAsFits(pool, moment, { series, buyer: dice.pick(sellers), seller: counterparty, first, part: 0.82 })
}

/** A sale of what is worth little and may cost much: to one who makes a market, who hedges it with the perpetual or not. */
const sale = (dice: Dice, pool: string, terms: OptionTerms, { at, quoted }: Moment): readonly Sending[] => {
  const series = anySeries(dice, terms, begin + at)
  if (series === undefined) return []
  const [maker, seller] = [dice.pick(makers), dice.pick(sellers)]
  const quantity = dice.pick(['1', '2', '4', '16'])
  const deal = (name: string, instrument: string, buyer: string, other: string, price: number): Sending =>
    sending(
      pool,
      at + 50,
      `o-${name}-${at}`,
      'ClearTrade',
      { trade: `${name}-${at}`, instrument, buyer, seller: other, quantity, price: price.toFixed(4) },
      'venue',
    )
  const other = maker === 'm1' ? 'm2' : 'm1'
  return [
    deal('sale', series.id, maker, seller, premiumOf(series, quoted, begin + at)),
    ...(dice.chance(0.5) ? [deal('hedge', perpetual, other, maker, quoted.index)] : []),
  ]
}

/** Gains are made cash, and whoever may have any asks for it at once. */
const cycle = (pool: string, at: number): readonly Sending[] => [
  sending(pool, at, `o-cycle-${at}`, 'SettleVariation', {}),
  ...[...makers, ...sellers].map((account) =>
    sending(pool, at + 20, `o-out-${at}-${account}`, 'Withdraw', { account, asset: 'USD', amount: '35' }),
  ),
]

/**
 * Options on a coin of their own, from their listing to their end: market makers with hedged books, and who sells naked, the more so
 * just before an expiry; feeds of surfaces that fall silent, behind which somebody withdraws; gains made cash and asked for at once.
 */
export const optionsTraded = (
  dice: Dice,
  weather: Weather,
  scene: Scene,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Sending[] => {
  const { pool, traits } = scene
  const isBent = traits.has('smiles')
  const terms = optionTerms(dice, begin + from, isBent)
  const sendings: Sending[] = [...opening(dice, scene, terms)]
  let quoted: Quoted = { index: 100, level: 2 }
  let silentUntil = 0
  const drift = dice.pick([-0.01, 0, 0.01])
  sendings.push(...told(pool, 2_600, 'o-first', quoted, terms, false))
  let at = Math.max(from, 4_000)
  for (let step = 0; at < to; step += 1) {
    quoted = step < 2 ? quoted : moved(dice, weather, quoted, drift)
    if (dice.chance(0.06)) silentUntil = at + dice.whole(15_000, 50_000)
    sendings.push(...told(pool, at, `o-${step}`, quoted, terms, silentUntil > at))
    const moment = { at: at + 100, quoted }
    if (step < 4 || dice.chance(0.4)) sendings.push(...sale(dice, pool, terms, moment))
    if (dice.chance(0.12)) sendings.push(...fitting(dice, pool, terms, moment))
    if (isBent && step % 2 === 0)
      sendings.push(...bent(dice.for(`bent ${step}`), pool, terms, { ...moment, at: moment.at + 120 }))
    if (dice.chance(0.15)) sendings.push(...cycle(pool, at + 300))
    if (silentUntil > at && dice.chance(0.3)) sendings.push(...cycle(pool, at + 900))
    at += dice.whole(2_500, 6_000)
    if (dice.chance(0.2)) {
      // Nothing is told for as long as everything is fresh, and then gains are made cash.
      at += 9_000
      sendings.push(...cycle(pool, at - 500))
    }
  }
  return sendings
}
