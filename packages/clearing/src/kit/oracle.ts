import {
  type CommandData,
  formatTime,
  type Millis,
  type Observation,
  type Quote,
  signObservation,
  signQuote,
  type UnsignedObservation,
  type UnsignedQuote,
} from '@novation/events'
import type { CourseIndex } from '@novation/risk/kit'
import { clockAsk } from '../time/clock'
import { adopted, keyOf, registerKey, signedBy } from './identity'
import { assertPassed, dueBy } from './time'
import { as, parseAmount } from './wishes'
import { all, isAccepted, type Step, type Wish, worldWith } from './world'

/** What a source's key is called in a scenario. */
const keyNameOf = (source: string): string => `key-of-${source}`

/** Asked by anna with her key A, and those beside it. */
export const asAnna = (wish: Wish, ...others: readonly string[]): Step =>
  signedBy(['A', ...others], as('operator:anna', wish))

/** Binds a key of its own to each source. */
export const sources = (...names: readonly string[]): Step =>
  all(...names.map((name) => asAnna(registerKey(`${keyNameOf(name)} source:${name}`), keyNameOf(name))))

/** A signed pool in which these are sources, and `oracle` carries what they say. */
export const withSources = (...names: readonly string[]): Step =>
  all(adopted, asAnna(registerKey('O oracle'), 'O'), sources(...names))

/** An index of its base in its currency, both in its name. */
export const setIndex = ({ index, places = 2, ...terms }: CourseIndex): Wish<'SetIndex'> => {
  const [base = '', currency = ''] = index.split('-')
  return { type: 'SetIndex', data: { index, base, currency, places, ...terms } as CommandData<'SetIndex'> }
}

/** Signed by its source, or by somebody else. */
export const quote = (said: UnsignedQuote, by: string = said.source): Quote => signQuote(said, keyOf(keyNameOf(by)))

export const publish = (...quotes: readonly Quote[]): Wish<'PublishQuotes'> => ({
  type: 'PublishQuotes',
  data: { quotes },
})

/** What a source sees beside the price, signed by it or by somebody else. */
export const observation = (seen: UnsignedObservation, by: string = seen.source): Observation =>
  signObservation(seen, keyOf(keyNameOf(by)))

/** The carrier brings what sources see. */
export const observed = (...observations: readonly Observation[]): Step =>
  signedBy(['O'], as('oracle', { type: 'PublishObservations', data: { observations } }))

/** Shows two quotes that are to be two truths. */
export const report = (a: Quote, b: Quote): Wish<'ReportEquivocation'> => ({
  type: 'ReportEquivocation',
  data: { a, b },
})

/** What a source puts up, `100 USD`, and has back. */
export const bond = (source: string, amount: string): Wish<'BondSource'> => ({
  type: 'BondSource',
  data: { source, ...parseAmount(amount) },
})
export const release = (source: string, amount: string): Wish<'ReleaseBond'> => ({
  type: 'ReleaseBond',
  data: { source, ...parseAmount(amount) },
})

/** The carrier brings quotes. */
export const carried = (...quotes: readonly Quote[]): Step => signedBy(['O'], as('oracle', publish(...quotes)))

/** A source brings something itself. */
export const asSource = (source: string, wish: Wish): Step =>
  signedBy([keyNameOf(source)], as(`source:${source}`, wish))

export const atTime =
  (clock: number): Step =>
  (world) =>
    worldWith(world, { clock })

/** Sources say these prices of something now, one each, in order: `s1`, `s2`, … */
export const said =
  (market: string, ...prices: readonly string[]): Step =>
  (world) => {
    const [base = '', currency = ''] = market.split('/')
    const at = formatTime(world.clock)
    return carried(...prices.map((price, i) => quote({ source: `s${i + 1}`, base, currency, at, price })))(world)
  }

/** Time passes, and whatever falls due meanwhile the clock says, with its key C, or settles. */
export const clockRuns =
  (until: Millis): Step =>
  (world) => {
    let state = world
    for (let due = dueBy(state.pool, until); due !== undefined; due = dueBy(state.pool, until)) {
      const then = worldWith(state, { clock: Math.max(due.at, state.clock) })
      state = signedBy(['C'], as('clock', clockAsk(state.pool)))(then)
      const sent = state.sent.at(-1)
      assertPassed(due, sent !== undefined && isAccepted(sent), state.pool)
    }
    return worldWith(state, { clock: until })
  }
