import { indexStatements, isFresh, marketStatements, type Pool, type Price } from '@novation/clearing'
import { format } from '@novation/decimal'
import { AmountText, formatTime, Id, InstantText, open } from '@novation/events'
import { left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { Index, Market } from '../forms/statement'
import { problem } from '../http/problems'
import { pageOf, pageOfAll, read } from './read'

/** Of an instrument or of an asset, whichever it names. */
const PriceForm = open(
  'Price',
  { price: AmountText, observedAt: InstantText, age_s: t.number, stale: t.boolean },
  { instrument: Id, asset: Id },
)

interface Priced {
  readonly name: string
  readonly of: 'instrument' | 'asset'
  readonly price: Price
  /** No other will come: the instrument is settled, or what it is settled at is known. */
  readonly isLast: boolean
}

/** No name is both an asset and an instrument (protocol 1). */
const pricesIn = ({ assets, instruments }: Pool): readonly Priced[] =>
  [
    ...[...assets.values()].map(({ id, price }) => ({ name: id, of: 'asset' as const, price, isLast: false })),
    ...[...instruments.values()].map(({ id, price, settled, fixed }) => ({
      name: id,
      of: 'instrument' as const,
      price,
      isLast: settled || fixed,
    })),
  ]
    .flatMap(({ price, ...rest }) => (price === undefined ? [] : { ...rest, price }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** Its age is as at that ledger time: who shows the present works it out again. */
const priceForm = (pool: Pool, { name, of, price, isLast }: Priced) => ({
  [of]: name,
  price: format(price.value),
  observedAt: formatTime(price.observedAt),
  age_s: Math.max(0, (pool.at - price.observedAt) / 1000),
  stale: !isLast && !isFresh(pool, of === 'asset' ? pool.assets.get(name) : pool.instruments.get(name)),
})

export const prices = read({
  path: '/prices',
  seenBy: 'public',
  summary: 'The last price of each asset and instrument, and how old it is',
  query: {},
  answers: PriceForm,
  isList: true,
  isHeavy: false,
  read: ({ pool }, { page }) =>
    right(
      pageOf(
        pricesIn(pool),
        ({ name }) => name,
        page,
        (one) => priceForm(pool, one),
      ),
    ),
})

export const price = read({
  path: '/prices/:name',
  seenBy: 'public',
  summary: 'The last price of one asset or instrument',
  query: {},
  answers: PriceForm,
  isList: false,
  isHeavy: false,
  read: ({ pool }, { params }) => {
    const found = pricesIn(pool).find(({ name }) => name === params.name)
    return found === undefined
      ? left(problem('not-found', `${params.name} has no price at revision ${pool.revision}`))
      : right({ json: priceForm(pool, found) })
  },
})

export const indices = read({
  path: '/indices',
  seenBy: 'public',
  summary: 'Where prices come from: each index, whether it is believed, and how each of its sources counts',
  query: {},
  answers: Index,
  isList: true,
  isHeavy: false,
  read: ({ pool }, { page }) => right(pageOfAll(indexStatements(pool).indices ?? [], ({ index }) => index, page)),
})

export const markets = read({
  path: '/markets',
  seenBy: 'public',
  summary: 'What options are marked by: of each underlying its price, curve, and each expiry with forward and surface',
  query: {},
  answers: Market,
  isList: true,
  isHeavy: false,
  read: ({ pool }, { page }) =>
    right(pageOfAll(marketStatements(pool).markets ?? [], ({ underlying }) => underlying, page)),
})
