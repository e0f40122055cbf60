/**
 * At which buckets of one price, or of one funding index, which accounts must be judged again; until then their duties
 * cannot change because of it. Those of a bucket stand in a chain.
 */
export interface Axis<A> {
  /** Never decreasing in the value, and that is all that is asked of it. */
  readonly bucketOf: (value: number) => number
  /** Where the triggers were last looked at. */
  value: number
  bucket: number
  readonly falling: Map<number, Trigger<A>>
  readonly rising: Map<number, Trigger<A>>
  /** By how much, at most, the shortfall of all bankrupt accounts changes for each unit that the value moves. */
  lackingSlope: number
}

/** One account at one bucket of one side of an axis; at none, `bucket` is not a number. */
export interface Trigger<A> {
  readonly account: A
  bucket: number
  before: Trigger<A> | undefined
  after: Trigger<A> | undefined
}

/** Where one account stands on one axis. */
export interface Place<A> {
  readonly axis: Axis<A>
  readonly falling: Trigger<A>
  readonly rising: Trigger<A>
  /** What it adds to the axis's `lackingSlope`. */
  lackingSlope: number
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
  falling: new Map(),
  rising: new Map(),
  lackingSlope: 0,
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

const newTrigger = <A>(account: A): Trigger<A> => ({ account, bucket: Number.NaN, before: undefined, after: undefined })

export const newPlace = <A>(axis: Axis<A>, account: A): Place<A> => ({
  axis,
  falling: newTrigger(account),
  rising: newTrigger(account),
  lackingSlope: 0,
})

const isPlaced = ({ bucket }: Trigger<unknown>): boolean => !Number.isNaN(bucket)

const unlink = <A>(chains: Map<number, Trigger<A>>, trigger: Trigger<A>): void => {
  const { before, after, bucket } = trigger
  if (after !== undefined) after.before = before
  if (before !== undefined) before.after = after
  else if (after !== undefined) chains.set(bucket, after)
  else chains.delete(bucket)
  trigger.before = undefined
  trigger.after = undefined
  trigger.bucket = Number.NaN
}

const link = <A>(chains: Map<number, Trigger<A>>, trigger: Trigger<A>, bucket: number): void => {
  const first = chains.get(bucket)
  if (first !== undefined) first.before = trigger
  trigger.after = first
  trigger.bucket = bucket
  chains.set(bucket, trigger)
}

const move = <A>(chains: Map<number, Trigger<A>>, trigger: Trigger<A>, bucket: number): void => {
  if (trigger.bucket === bucket) return
  if (isPlaced(trigger)) unlink(chains, trigger)
  if (!Number.isNaN(bucket)) link(chains, trigger, bucket)
}

/**
 * Places an account's triggers at the edges of its band, one bucket inside it: a bucket is computed right to far better
 * than its width, so a value that leaves the band is never missed. An edge at infinity has no trigger, nor has a price
 * that cannot fall so far.
 */
export const place = <A>({ axis, falling, rising }: Place<A>, { value, down, up }: Band): void => {
  const low = axis.bucketOf(value - down) + 1
  const high = axis.bucketOf(value + up) - 1
  move(axis.falling, falling, Number.isFinite(low) ? low : Number.NaN)
  move(axis.rising, rising, Number.isFinite(high) ? high : Number.NaN)
}

export const leave = <A>({ axis, falling, rising }: Place<A>): void => {
  move(axis.falling, falling, Number.NaN)
  move(axis.rising, rising, Number.NaN)
}

const fire = <A>(
  chains: Map<number, Trigger<A>>,
  isWithin: (bucket: number) => boolean,
  from: number,
  to: number,
  fired: (account: A) => void,
): void => {
  const chain = (first: Trigger<A> | undefined): void => {
    for (let trigger = first; trigger !== undefined; trigger = trigger.after) fired(trigger.account)
  }
  if (to - from > chains.size) for (const [bucket, first] of chains) chain(isWithin(bucket) ? first : undefined)
  else for (let bucket = from; bucket <= to; bucket += 1) chain(chains.get(bucket))
}

/** Names everybody who stands on an axis. */
export const fireAll = <A>({ falling, rising }: Axis<A>, fired: (account: A) => void): void => {
  for (const chains of [falling, rising])
    for (const first of chains.values())
      for (let trigger: Trigger<A> | undefined = first; trigger !== undefined; trigger = trigger.after)
        fired(trigger.account)
}

/** Moves the axis to a new value, and names the accounts whose band it may have left since it was last looked at. */
export const moveTo = <A>(axis: Axis<A>, value: number, fired: (account: A) => void): void => {
  const bucket = axis.bucketOf(value)
  const low = Math.min(bucket, axis.bucket)
  const high = Math.max(bucket, axis.bucket)
  fire(axis.falling, (at) => at >= bucket, bucket, high + 1, fired)
  fire(axis.rising, (at) => at <= bucket, low - 1, bucket, fired)
  axis.value = value
  axis.bucket = bucket
}
