import { Triggers } from './triggers'

/**
 * At which buckets of one price, or of one funding index, which accounts must be judged again; until then their duties
 * cannot change because of it.
 */
export interface Axis<A> {
  /** Never decreasing in the value, and that is all that is asked of it. */
  readonly bucketOf: (value: number) => number
  /** Where the triggers were last looked at. */
  value: number
  bucket: number
  /** Who stands on it, by place, and which places are free. */
  readonly accounts: (A | undefined)[]
  readonly free: number[]
  readonly falling: Triggers
  readonly rising: Triggers
  /** By how much, at most, the shortfall of all bankrupt accounts changes for each unit that the value moves; and what of that is each one's, by place. */
  lackingSlope: number
  readonly lackingSlopes: Map<number, number>
}

/** How far a value may fall and rise before an account must be judged again. In doubles: it only rules out. */
export interface Band {
  readonly value: number
  readonly down: number
  readonly up: number
}

/** Buckets of a price are 2 basis points wide. */
const bucketsPerUnit = 5000
export const priceBucket = (price: number): number => Math.floor(Math.log(price) * bucketsPerUnit)

const newAxis = <A>(bucketOf: (value: number) => number, value: number): Axis<A> => ({
  bucketOf,
  value,
  bucket: bucketOf(value),
  accounts: [],
  free: [],
  falling: new Triggers(),
  rising: new Triggers(),
  lackingSlope: 0,
  lackingSlopes: new Map(),
})

export const priceAxis = <A>(price: number): Axis<A> => newAxis(priceBucket, price)

/** Of a price that may come to nothing, and below: as wide beyond the floor, either way, and evenly between. */
export const signedAxis = <A>(price: number, floor: number): Axis<A> =>
  newAxis((value) => Math.floor(Math.asinh(value / floor) * bucketsPerUnit), price)

/** Buckets of a funding index are a hundredth of a price's wide: what it is by contract goes with that. */
export const fundingAxis = <A>(index: number, price: number): Axis<A> => {
  const width = price * 2e-6
  return newAxis((value) => Math.floor(value / width), index)
}

/** How often something has come about: who stands at it is judged each time. */
export const turnAxis = <A>(): Axis<A> => newAxis((count) => count, 0)

/** Buckets of what wears are a millionth wide: what may wear is a share of what is held. */
export const wearAxis = <A>(): Axis<A> => newAxis((value) => Math.floor(value * 1e6), 0)

/** A place for an account, with no trigger yet: good until it is left. */
export const newPlace = <A>(axis: Axis<A>, account: A): number => {
  const at = axis.free.pop() ?? axis.accounts.length
  axis.accounts[at] = account
  return at
}

/**
 * Places an account's triggers at the edges of its band, one bucket inside it: a bucket is computed right to far better
 * than its width, so a value that leaves the band is never missed. An edge at infinity has no trigger, nor has a price
 * that cannot fall so far.
 */
export const place = <A>(axis: Axis<A>, at: number, { value, down, up }: Band): void => {
  const low = axis.bucketOf(value - down) + 1
  const high = axis.bucketOf(value + up) - 1
  axis.falling.move(at, Number.isFinite(low) ? low : Number.NaN)
  axis.rising.move(at, Number.isFinite(high) ? high : Number.NaN)
}

/** What an account adds to the axis's `lackingSlope` takes the place of what it added before. */
export const lack = <A>(axis: Axis<A>, at: number, slope: number): void => {
  const before = axis.lackingSlopes.get(at) ?? 0
  if (slope === before) return
  axis.lackingSlope += slope - before
  if (slope === 0) axis.lackingSlopes.delete(at)
  else axis.lackingSlopes.set(at, slope)
}

/** The account stands here no more, and another may. */
export const leave = <A>(axis: Axis<A>, at: number): void => {
  axis.falling.move(at, Number.NaN)
  axis.rising.move(at, Number.NaN)
  lack(axis, at, 0)
  axis.accounts[at] = undefined
  axis.free.push(at)
}

/** Hears of the account at a place. */
const telling =
  <A>({ accounts }: Axis<A>, fired: (account: A) => void) =>
  (at: number): void => {
    const account = accounts[at]
    if (account !== undefined) fired(account)
  }

/** Names everybody who stands on an axis. */
export const fireAll = <A>(axis: Axis<A>, fired: (account: A) => void): void => {
  const tell = telling(axis, fired)
  axis.falling.fireAll(tell)
  axis.rising.fireAll(tell)
}

/** Moves the axis to a new value, and names the accounts whose band it may have left since it was last looked at. */
export const moveTo = <A>(axis: Axis<A>, value: number, fired: (account: A) => void): void => {
  const bucket = axis.bucketOf(value)
  const low = Math.min(bucket, axis.bucket)
  const high = Math.max(bucket, axis.bucket)
  const tell = telling(axis, fired)
  axis.falling.fire(bucket, high + 1, tell)
  axis.rising.fire(low - 1, bucket, tell)
  axis.value = value
  axis.bucket = bucket
}
