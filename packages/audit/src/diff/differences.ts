import { type Account, healthOf, type Pool, positionOf, type Status, trader } from '@novation/clearing'
import { type Decimal, format, subtract, zero } from '@novation/decimal'
import { balanceKey, frozenKey, type Movements, parametersKey, priceKey, type Register, standingKey } from './movements'

/** A balance that differs: of a trader, a position's quantity or cost, a fund. Amounts are exact. */
export interface BalanceDifference {
  readonly account: string
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly change: string
  readonly because: Movements
}

export interface StatusDifference {
  readonly account: string
  /** Absent where the account was not there, or a price it depends on was unknown. */
  readonly from?: { readonly status: Status; readonly equity: string; readonly maintenanceMargin: string }
  readonly to?: { readonly status: Status; readonly equity: string; readonly maintenanceMargin: string }
  /** What happened to the account itself, and the prices of what it holds. */
  readonly because: Movements
  readonly prices: readonly { readonly name: string; readonly because: Movements }[]
}

export interface PriceDifference {
  readonly name: string
  readonly from?: string
  readonly to?: string
  readonly because: Movements
}

export interface Differences {
  readonly balances: readonly BalanceDifference[]
  readonly positions: readonly (BalanceDifference & {
    readonly instrument: string
    readonly what: 'quantity' | 'cash'
  })[]
  readonly funds: readonly BalanceDifference[]
  readonly statuses: readonly StatusDifference[]
  readonly prices: readonly PriceDifference[]
  readonly parameters?: Movements
  readonly frozen?: { readonly from: boolean; readonly to: boolean; readonly because: Movements }
}

type Balances = ReadonlyMap<string, ReadonlyMap<string, Decimal>>

const traderBooks = (pool: Pool): Balances =>
  new Map([...pool.accounts.values()].map(({ id, balances }) => [trader(id), new Map(balances)]))

const houseBooks = (pool: Pool): Balances =>
  new Map([...pool.books].map(([name, { balances }]) => [name, new Map(balances)]))

/** The cash side is told as it stands in the books: minus what the position cost. */
const positionBooks = (pool: Pool): Balances =>
  new Map(
    [...pool.accounts.values()].flatMap(({ id, positions }) =>
      [...positions].map(([instrument, { quantity, cash }]): readonly [string, ReadonlyMap<string, Decimal>] => [
        positionOf(id, instrument),
        new Map([
          [instrument, quantity],
          [pool.settlementAsset ?? '', cash],
        ]),
      ]),
    ),
  )

const keys = <V>(a: ReadonlyMap<string, V> | undefined, b: ReadonlyMap<string, V> | undefined): readonly string[] =>
  [...new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])])].sort()

const balanceDifferences = (before: Balances, after: Balances, register: Register): readonly BalanceDifference[] =>
  keys(before, after).flatMap((account) => {
    const [was, is] = [before.get(account), after.get(account)]
    return keys(was, is).flatMap((asset) => {
      const [from, to] = [was?.get(asset) ?? zero, is?.get(asset) ?? zero]
      return format(from) === format(to)
        ? []
        : [
            {
              account,
              asset,
              from: format(from),
              to: format(to),
              change: format(subtract(to, from)),
              because: register.of(balanceKey(account, asset)),
            },
          ]
    })
  })

/** Whether every position has a mark, fresh or not: without one there is no equity to speak of. */
const hasPrices = (pool: Pool, { positions }: Account): boolean =>
  [...positions.keys()].every((id) => pool.instruments.get(id)?.price !== undefined)

const standingOf = (pool: Pool, account: Account | undefined): StatusDifference['to'] => {
  if (account === undefined || !hasPrices(pool, account)) return undefined
  const { status, equity, maintenance } = healthOf(pool, account)
  return { status, equity: format(equity), maintenanceMargin: format(maintenance) }
}

const dependsOn = (account: Account | undefined): readonly string[] => [
  ...(account?.positions.keys() ?? []),
  ...(account?.balances.keys() ?? []),
]

const statusDifferences = (before: Pool, after: Pool, register: Register): readonly StatusDifference[] =>
  [...after.accounts.keys()].sort().flatMap((id) => {
    const [was, is] = [before.accounts.get(id), after.accounts.get(id)]
    const [from, to] = [standingOf(before, was), standingOf(after, is)]
    if (from?.status === to?.status) return []
    const names = [...new Set([...dependsOn(was), ...dependsOn(is)])].sort()
    return [
      {
        account: id,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        because: register.of(standingKey(id)),
        prices: names.flatMap((name) => {
          const because = register.of(priceKey(name))
          return because.count === 0 ? [] : [{ name, because }]
        }),
      },
    ]
  })

const pricesOf = (pool: Pool): ReadonlyMap<string, string> =>
  new Map(
    [...pool.instruments.values(), ...pool.assets.values()].flatMap(({ id, price }) =>
      price === undefined ? [] : [[id, format(price.value)] as const],
    ),
  )

const priceDifferences = (before: Pool, after: Pool, register: Register): readonly PriceDifference[] => {
  const [was, is] = [pricesOf(before), pricesOf(after)]
  return keys(was, is).flatMap((name) => {
    const [from, to] = [was.get(name), is.get(name)]
    return from === to
      ? []
      : [
          {
            name,
            ...(from === undefined ? {} : { from }),
            ...(to === undefined ? {} : { to }),
            because: register.of(priceKey(name)),
          },
        ]
  })
}

/** Everything that differs between two states of a pool, with the events in between that made it so. */
export const differencesOf = (before: Pool, after: Pool, register: Register): Differences => {
  const parameters = register.of(parametersKey)
  return {
    balances: balanceDifferences(traderBooks(before), traderBooks(after), register),
    positions: balanceDifferences(positionBooks(before), positionBooks(after), register).map((one) => {
      const instrument = one.account.split('/')[2] ?? ''
      return { ...one, instrument, what: one.asset === instrument ? 'quantity' : 'cash' }
    }),
    funds: balanceDifferences(houseBooks(before), houseBooks(after), register),
    statuses: statusDifferences(before, after, register),
    prices: priceDifferences(before, after, register),
    ...(parameters.count === 0 ? {} : { parameters }),
    ...(before.frozen === after.frozen
      ? {}
      : { frozen: { from: before.frozen, to: after.frozen, because: register.of(frozenKey) } }),
  }
}
