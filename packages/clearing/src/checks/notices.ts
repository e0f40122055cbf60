import { add, type Decimal, decimal, lessThan, max, min, multiply, sum, zero } from '@novation/decimal'
import { type LedgerEvent, type Millis, parseTime } from '@novation/events'
import { maintenanceMargin, type TieredTerms } from '@novation/risk'
import { healthOf } from '../state/health'
import { tieredTerms } from '../state/margin-terms'
import type { Account, Health, Pool, Valued } from '../state/pool'
import { settlementPlaces, worthOf } from '../state/worth'
import { accountIn, type Chronicle, units } from './append'

/** What was ever set, and until when at the least it still counts: until a period after the next was. */
class Terms<T> {
  readonly #known = new Map<string, { readonly was: T; readonly until: Millis }[]>()

  /** What is set of it from now on; what was before counts for a period more. */
  set(id: string, was: T, until: Millis): void {
    const known = this.#known.get(id) ?? []
    const last = known.at(-1)
    this.#known.set(id, [
      ...known.slice(0, -1),
      ...(last === undefined ? [] : [{ ...last, until }]),
      { was, until: Number.POSITIVE_INFINITY },
    ])
  }

  at(id: string, at: Millis): readonly T[] {
    return (this.#known.get(id) ?? []).filter(({ until }) => until > at).map(({ was }) => was)
  }
}

/** The terms of a history as its events tell them. */
class Known {
  readonly tables = new Terms<TieredTerms>()
  readonly haircuts = new Terms<Decimal>()
  readonly fees = new Terms<Decimal>()

  note({ type, data, at }: LedgerEvent, { parameters }: Pool): void {
    const until = parseTime(at) + parameters.callPeriod_s * 1000
    if (type === 'InstrumentListed' && data.margin !== undefined)
      this.tables.set(data.instrument, tieredTerms(data.margin), until)
    if (type === 'InstrumentParametersSet' && data.margin !== undefined)
      this.tables.set(data.instrument, tieredTerms(data.margin), until)
    if (type === 'AssetRegistered') this.haircuts.set(data.asset, decimal(data.haircut), until)
    if (type === 'AssetParametersSet' && data.haircut !== undefined)
      this.haircuts.set(data.asset, decimal(data.haircut), until)
    if (type === 'PoolParametersSet') this.fees.set('', decimal(data.parameters.liquidation.fee), until)
  }
}

const least = (of: readonly Decimal[]): Decimal | undefined =>
  of.length === 0 ? undefined : of.reduce((a, b) => min(a, b))

/** What is required by a model counts as it is now: a change of that counts at once, with or without notice. */
const byModels = ({ positions, portfolio }: Health): Decimal =>
  add(
    portfolio?.requirement?.maintenance ?? zero,
    sum(
      positions
        .filter((valued) => valued.instrument.option !== undefined && !isTogether(portfolio, valued))
        .map(({ maintenance }) => maintenance),
    ),
  )

const isTogether = (portfolio: Health['portfolio'], { instrument }: Valued): boolean =>
  portfolio?.contributions.has(instrument.id) === true

/** What an account is liquidated below by the mildest of all terms that held within a call's period. */
const mildest = (pool: Pool, account: Account, { tables, haircuts, fees }: Known): Decimal => {
  const places = settlementPlaces(pool)
  const health = healthOf(pool, account)
  const { positions, collateral, portfolio } = health
  const margins = positions
    .filter((valued) => !isTogether(portfolio, valued))
    .map(
      ({ instrument, notional }) =>
        least(tables.at(instrument.id, pool.at).map((table) => maintenanceMargin(table, notional, places))) ?? zero,
    )
  const fee = least(fees.at('', pool.at)) ?? decimal(pool.parameters.liquidation.fee)
  const cuts = collateral.coins.map(({ id, quantity }) =>
    multiply(max(least(haircuts.at(id, pool.at)) ?? zero, fee), worthOf(pool, id, quantity).best),
  )
  return sum([byModels(health), ...margins, ...cuts])
}

/** Nobody is liquidated by a change of terms before a call that it brought about could have run out. */
export const nobodyIsLiquidatedByOtherTerms: Chronicle = () => {
  const known = new Known()
  return ({ before, events }) => {
    for (const event of events) {
      known.note(event, before)
      if (event.type !== 'LiquidationStarted' || event.data.cause !== undefined) continue
      const account = accountIn(before, event.data.account)
      const [worth, line] = [healthOf(before, account).best, mildest(before, account, known)]
      // What is required of each coin is rounded up to whole units of its own.
      const rounded = add(line, units(before, account.balances.size))
      if (!lessThan(worth, rounded)) return `${account.id} is put up for auction, and would not be by the terms before`
    }
    return undefined
  }
}
