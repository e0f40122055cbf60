import { type Decimal, isPositive, lessThan, sum } from '@novation/decimal'
import { type LedgerEvent, type Millis, parseTime } from '@novation/events'
import { healthOf } from '../state/health'
import type { Account, Asset, Instrument, Pool } from '../state/pool'
import { timingOf } from '../state/timing'
import { accountIn, type Chronicle } from './append'

/** What has a time of its own, as its events say: a margin call, a debit. */
type Timed = 'call' | 'debit'

/** Something that is held, what it requires, and until when it can be dealt in if nothing more is said about it. */
interface Held {
  readonly id: string
  readonly required: Decimal
  /** How many steps its price has worn: with each it requires less, from the moment of the step on, whenever that is told. */
  readonly worn: number
  /** Whether it has expired, and which price is held: at each of them, too, half is judged anew. */
  readonly said: readonly unknown[]
  readonly until: Millis
}

const never = Number.NEGATIVE_INFINITY

const untilOf = (pool: Pool, priced: Instrument | Asset | undefined): Millis => {
  if (priced?.price === undefined || priced.stand.live !== true) return never
  const fresh = priced.price.observedAt + timingOf(pool, priced).priceTolerance_s * 1000
  return priced.kind === 'asset' ? fresh : Math.min(fresh, priced.expiry ?? Number.POSITIVE_INFINITY)
}

const heldBy = (pool: Pool, account: Account, what: Timed): readonly Held[] => {
  const { positions, collateral } = healthOf(pool, account)
  const coins = collateral.coins.map(({ id, required, value }) => ({ id, required, value, of: pool.assets.get(id) }))
  const legs = positions.map(({ instrument, maintenance, notional }) => ({
    id: instrument.id,
    required: maintenance,
    value: notional,
    of: instrument,
  }))
  const all = what === 'debit' ? coins : [...legs, ...coins]
  // Where nothing requires anything, what it is worth counts in its place.
  const byValue = !all.some(({ required }) => isPositive(required))
  return all.map(({ id, required, value, of }) => ({
    id,
    required: byValue ? value : required,
    worn: of?.stand.wear.step ?? 0,
    said: [of?.kind !== 'asset' && of?.expired, of?.held?.observedAt],
    until: untilOf(pool, of),
  }))
}

const half = (held: readonly Held[], at: Millis): boolean => {
  const live = held.filter(({ until }) => until > never && until >= at)
  const part = sum(live.map(({ required }) => required))
  const whole = sum(held.map(({ required }) => required))
  return live.length > 0 && !lessThan(sum([part, part]), whole)
}

/** The last moment at which half of what is required can still be dealt in, and at least until the first of it cannot. */
const stopsAt = (held: readonly Held[]): Millis => {
  const ends = [...new Set(held.flatMap(({ until }) => (until > never ? [until] : [])))].sort((a, b) => a - b)
  return ends.find((end) => !half(held, end + 1)) ?? ends.at(-1) ?? never
}

/** What was held, by what it requires now where it has worn since. */
const asWorn = (before: readonly Held[], now: readonly Held[]): readonly Held[] =>
  before.map((item) => {
    const same = now.find(({ id }) => id === item.id)
    return same === undefined || same.worn === item.worn ? item : { ...item, required: same.required }
  })

/** How long it has run. */
interface Clock {
  readonly period_ms: Millis
  readonly run_ms: Millis
  readonly since: Millis
  readonly runs: boolean
  readonly held: readonly Held[]
  /** What is held, and what of it can be dealt in: while that stays, it is not judged anew whether time counts. */
  readonly as: string
}

const goneBy = ({ run_ms, since, runs, held }: Clock, at: Millis, now: readonly Held[]): Millis =>
  run_ms + (runs ? Math.max(0, Math.min(at, stopsAt(asWorn(held, now))) - since) : 0)

const asHeld = ({ positions, balances }: Account, held: readonly Held[]): string =>
  JSON.stringify([
    [...positions].map(([id, { quantity }]) => [id, quantity]),
    [...balances],
    held.map(({ id, worn, said, until }) => [id, worn, said, until > never]),
  ])

const goOn = (pool: Pool, account: Account, what: Timed, clock: Clock): Clock => {
  const held = heldBy(pool, account, what)
  const as = asHeld(account, held)
  const runs = as === clock.as ? clock.runs : half(held, pool.at)
  return { ...clock, run_ms: goneBy(clock, pool.at, held), since: pool.at, runs, held, as }
}

/** What begins, as what, and how long it has. */
const begunBy = ({ type, data, at }: LedgerEvent): readonly [Timed, string, Millis] | undefined =>
  type === 'MarginCall' || type === 'DebitCalled'
    ? [type === 'MarginCall' ? 'call' : 'debit', data.account, parseTime(data.deadline) - parseTime(at)]
    : undefined

/** What ends before its time is over. */
const endedBy = ({ type, data }: LedgerEvent): string | undefined =>
  type === 'MarginCallMet'
    ? `call ${data.account}`
    : type === 'DebitMet' || type === 'LiquidationStarted'
      ? `debit ${data.account}`
      : undefined

const missedBy = ({ type, data }: LedgerEvent): readonly string[] =>
  type === 'TimePassed'
    ? data.due.flatMap(({ what, id }) =>
        what === 'margin-call' ? [`call ${id}`] : what === 'debit' ? [`debit ${id}`] : [],
      )
    : []

/**
 * No margin call is missed, and no debit due, before whoever was called could act for as long as he was given: while at least
 * half of what all that is held requires, of a debit what its coins require, could be dealt in. Worked out anew from what came
 * when.
 */
export const whoIsCalledHasHisTime: Chronicle = () => {
  const clocks = new Map<string, Clock & { readonly what: Timed; readonly account: string }>()
  return ({ events, after }) => {
    const at = parseTime(events[0]?.at ?? '')
    for (const event of events)
      for (const name of missedBy(event)) {
        const clock = clocks.get(name)
        clocks.delete(name)
        if (clock === undefined) continue
        const run_ms = goneBy(clock, at, heldBy(after, accountIn(after, clock.account), clock.what))
        if (run_ms < clock.period_ms) return `the ${name} has run out after ${run_ms} ms, of ${clock.period_ms}`
      }
    if (after.bulk !== undefined) return undefined
    for (const [name, clock] of clocks)
      clocks.set(name, { ...clock, ...goOn(after, accountIn(after, clock.account), clock.what, clock) })
    for (const event of events) {
      const ended = endedBy(event)
      if (ended !== undefined) clocks.delete(ended)
      const begun = begunBy(event)
      if (begun === undefined) continue
      const [what, account, period_ms] = begun
      const nothing = { period_ms, run_ms: 0, since: after.at, runs: false, held: [], as: '' }
      clocks.set(`${what} ${account}`, {
        ...goOn(after, accountIn(after, account), what, nothing),
        what,
        account,
      })
    }
    return undefined
  }
}
