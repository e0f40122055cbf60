import type { Millis } from '@novation/events'
import { type Axis, turnAxis, wearAxis } from './axis'
import type { Valuations } from './risk'

/** What follows one underlying beside its price; `A` is an account. Only the judge writes here. */
export interface MarketStand<A> {
  /** What it was valued by when it was last followed. */
  valued: Valuations | undefined
  /** How often it was valued anew: whoever no band can hold is judged each time. */
  readonly turns: Axis<A>
  /** By expiry, how far that has worn (`wearBetween`): it only grows. */
  readonly wears: Map<Millis, Axis<A>>
}

/** All of them, and the count of changes at which any was last valued anew. */
export interface MarketStands<A> {
  changed: number
  readonly of: Map<string, MarketStand<A>>
}

export const marketStand = <A>({ of }: MarketStands<A>, underlying: string): MarketStand<A> => {
  const known = of.get(underlying)
  if (known !== undefined) return known
  const stand: MarketStand<A> = { valued: undefined, turns: turnAxis(), wears: new Map() }
  of.set(underlying, stand)
  return stand
}

export const wearOf = <A>({ wears }: MarketStand<A>, expiry: Millis): Axis<A> => {
  const known = wears.get(expiry)
  if (known !== undefined) return known
  const axis = wearAxis<A>()
  wears.set(expiry, axis)
  return axis
}
