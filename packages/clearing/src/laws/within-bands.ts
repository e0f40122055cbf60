import { decimal, isPositive, toNumber, zero } from '@novation/decimal'
import type { Axis } from '../state/axis'
import type { Book } from '../state/book'
import { dutiesOf } from '../state/duties'
import { healthOf } from '../state/health'
import type { Account, Instrument } from '../state/pool'
import type { Price } from '../state/values'
import type { Law } from './append'

/** The furthest an axis can go down, or up, without having an account judged; where it is, if it cannot. */
const edgeOf = (
  account: Account,
  axis: Axis<Account>,
  way: 'down' | 'up',
  valueIn: (bucket: number) => number,
): number => {
  const { axes, places } = account.stand
  const at = places[axes.indexOf(axis)]
  const bucket = at === undefined ? undefined : (way === 'down' ? axis.falling : axis.rising).bucketOf(at)
  if (bucket === undefined || Number.isNaN(bucket)) return axis.value
  const inside = way === 'down' ? bucket + 1 : bucket
  const lowest = valueIn(inside)
  const value = lowest + (way === 'down' ? 1e-12 : -1e-12) * Math.abs(lowest)
  const there = axis.bucketOf(value)
  const isQuiet = way === 'down' ? there > bucket && value < axis.value : there < bucket && value > axis.value
  return isQuiet ? value : axis.value
}

/** The lowest price in a bucket of 2 basis points. */
const priceIn = (bucket: number): number => Math.exp(bucket / 5000)

/** The same of a price that may come to nothing, and below. */
const priceOf = ({ marginFloor }: Instrument): ((bucket: number) => number) => {
  if (marginFloor === undefined) return priceIn
  const floor = toNumber(marginFloor)
  return (bucket) => floor * Math.sinh(bucket / 5000)
}

/** As it is written; a price that stays is the very one it was. */
const moved = (price: Price, from: number, to: number): Price =>
  to === from ? price : { ...price, value: decimal(to.toFixed(18)) }

type Ways = (instrument: Instrument | undefined, account: Account) => 'down' | 'up'

const isLong = (account: Account, instrument: Instrument): boolean =>
  isPositive(account.positions.get(instrument.id)?.quantity ?? zero)

/** Every price at once as far down, as far up, as far to the harm of the account, and to its good, as nobody hears of it. */
const corners: readonly Ways[] = [
  () => 'down',
  () => 'up',
  (instrument, account) => (instrument === undefined || isLong(account, instrument) ? 'down' : 'up'),
  (instrument, account) => (instrument === undefined || isLong(account, instrument) ? 'up' : 'down'),
]

const moveTo = (book: Book, account: Account, ways: Ways): void => {
  for (const { instrument } of account.positions.values()) {
    const { axis } = instrument.stand
    if (axis === undefined || instrument.price === undefined) continue
    const edge = edgeOf(account, axis, ways(instrument, account), priceOf(instrument))
    book.set(instrument, 'price', moved(instrument.price, axis.value, edge))
  }
  for (const id of account.balances.keys()) {
    const asset = book.assets.get(id)
    const axis = asset?.stand.axis
    if (asset?.price === undefined || axis === undefined) continue
    const edge = edgeOf(account, axis, ways(undefined, account), priceIn)
    book.set(asset, 'price', moved(asset.price, axis.value, edge))
  }
}

const dutiesAt = (book: Book, account: Account): string => dutiesOf(book, account, healthOf(book, account)).join()

/** Wherever the prices go while nobody is judged because of it, what is asked about an account stays the same. */
export const noLineLiesWithinABand: Law = ({ after }) => {
  for (const account of after.accounts.values()) {
    const now = dutiesAt(after, account)
    for (const ways of corners) {
      const there = after.rehearse(() => {
        moveTo(after, account, ways)
        return dutiesAt(after, account)
      })
      if (there !== now) return `${account.id} must do "${now}", and within its band "${there}"`
    }
  }
  return undefined
}
