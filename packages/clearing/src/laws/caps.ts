import {
  add,
  type Decimal,
  decimal,
  floor,
  format,
  greaterThan,
  lessThan,
  max,
  multiply,
  subtract,
  sum,
} from '@novation/decimal'
import type { LedgerEvent, Millis } from '@novation/events'
import { healthOf, positionMargin } from '../state/health'
import { layersOf } from '../state/layers'
import type { Pool } from '../state/pool'
import { settlementPlaces } from '../state/worth'
import { accountIn, type Chronicle, eventsOf, type Law, units } from './append'

interface Purse {
  readonly since: Millis
  readonly cap: Decimal
  readonly drawn: Decimal
}

/** What a share of the layers comes to, but never less than the least. */
const capBy = (pool: Pool, share: string): Decimal => {
  const { fund, skinInTheGame } = layersOf(pool)
  const least = floor(decimal(pool.parameters.size.floor), settlementPlaces(pool))
  return max(least, floor(multiply(decimal(share), add(fund, skinInTheGame)), settlementPlaces(pool)))
}

/**
 * No owner, instrument or coin costs the layers more than its cap in a window: as counted from the events, from the first draw,
 * with what the layers held then.
 */
export const noCapIsExceeded: Chronicle = () => {
  const purses = new Map<string, Purse>()
  return ({ before, events, after }) => {
    const window = before.parameters.waterfall.window_s * 1000
    for (const { data } of eventsOf(events, 'InsuranceDrawn')) {
      const { under = [], amount, defaulter } = data
      const [owner, ...parts] = under.toSorted((a, b) => Number(a.what !== 'owner') - Number(b.what !== 'owner'))
      if (owner?.id !== accountIn(before, defaulter).owner.id || owner.amount !== amount)
        return `what was paid for ${defaulter} is not all counted under the cap of its owner`
      const counted = sum(parts.map((part) => decimal(part.amount)))
      if (parts.length > 0 && format(counted) !== amount)
        return `of ${amount} paid for ${defaulter}, ${format(counted)} is counted under caps`
    }
    for (const { data } of eventsOf(events, 'CollateralBought')) {
      const [coin, ...more] = data.under
      if (coin?.id !== data.asset || coin.amount !== data.paid || more.length > 0)
        return `what was paid for ${data.asset} of ${data.account} is not counted under its cap`
    }
    for (const { data } of [...eventsOf(events, 'InsuranceDrawn'), ...eventsOf(events, 'CollateralBought')]) {
      for (const { what, id, amount: of, cap } of data.under ?? []) {
        const so = purses.get(`${what} ${id}`)
        const goesOn = so !== undefined && after.at < so.since + window
        if (
          !goesOn &&
          before.bulk === undefined &&
          what === 'owner' &&
          greaterThan(decimal(cap), capBy(before, before.parameters.waterfall.ownerShare))
        )
          return `the cap of ${id} is ${cap}`
        const purse = goesOn
          ? { ...so, drawn: add(so.drawn, decimal(of)) }
          : { since: after.at, cap: decimal(cap), drawn: decimal(of) }
        purses.set(`${what} ${id}`, purse)
        if (greaterThan(purse.drawn, purse.cap))
          return `the layers have paid ${format(purse.drawn)} for ${what} ${id}, over ${cap}`
      }
    }
    return undefined
  }
}

/**
 * Whether less than a few units are left under one of the caps that a loss of this account stands under. Of one that was never
 * liquidated that is whatever it held: any coin of its, any instrument.
 */
export const isCapped = (before: Pool, after: Pool, id: string): boolean => {
  const { inDefault, owner, balances } = accountIn(before, id)
  const [coins, instruments] =
    inDefault === undefined
      ? [balances.keys(), before.instruments.keys()]
      : [inDefault.coins.keys(), inDefault.required.keys()]
  const names = [
    `owner/${owner.id}`,
    ...[...instruments].map((of) => `instrument/${of}`),
    ...[...coins].map((of) => `coin/${of}`),
  ]
  const few = units(after, 2 * after.accounts.size)
  return names.some((name) => {
    const purse = after.purses.get(name)
    return purse !== undefined && lessThan(subtract(purse.cap, purse.drawn), few)
  })
}

const takenOf = (events: readonly LedgerEvent[], id: string): Decimal =>
  sum(
    eventsOf(events, 'LossSocialized').flatMap(({ data }) =>
      data.taken.filter(({ account }) => account === id).map(({ amount }) => decimal(amount)),
    ),
  )

/** Nobody else pays for an account while another of its owner has more than its own positions and coins require. */
export const ownersPayFirst: Law = ({ before, events, after }) => {
  if (before.bulk !== undefined || after.bulk !== undefined || !before.parameters.waterfall.recourse) return undefined
  const paidFor = new Set([
    ...eventsOf(events, 'InsuranceDrawn').flatMap(({ data }) => (data.purpose === 'write-off' ? [data.defaulter] : [])),
    ...eventsOf(events, 'LossSocialized').flatMap(({ data }) => data.given.map(({ account }) => account)),
  ])
  for (const id of paidFor)
    for (const account of accountIn(after, id).owner.accounts) {
      if (account.liquidation !== undefined || account.id === id) continue
      const health = healthOf(after, account)
      const spare = subtract(health.worst, add(positionMargin(health), health.collateral.cutWorst))
      if (!lessThan(spare, units(after, 1))) return `${account.id} keeps ${format(spare)} while others pay for ${id}`
    }
  for (const { data } of eventsOf(events, 'OwnerSetOff')) {
    const payer = healthOf(after, accountIn(after, data.from))
    // What others take of its profit comes after.
    const had = add(payer.worst, takenOf(events, data.from))
    if (lessThan(had, add(positionMargin(payer), payer.collateral.cutWorst)))
      return `${data.from} pays for ${data.to} what its own positions require`
  }
  return undefined
}
