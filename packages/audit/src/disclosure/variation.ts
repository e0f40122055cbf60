import { trader } from '@novation/clearing'
import { add, type Decimal, decimal, max, negate, subtract, sum, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'

const cashOf = ({ postings }: LedgerEvent, account: string, asset: string): Decimal =>
  sum(
    postings
      .filter((one) => one.account === trader(account) && one.asset === asset)
      .map(({ amount }) => decimal(amount)),
  )

/** What an event moved from positions into the cash of accounts: realised profit and loss, and settled funding. */
export const realisedBy = (event: LedgerEvent, asset: string): readonly (readonly [string, Decimal])[] => {
  const { type, data } = event
  switch (type) {
    case 'PositionReduced':
    case 'PositionClosed':
      return [[data.account, decimal(data.realised)]]
    case 'TradeBusted':
      return data.sides.map(({ account, reversed, realised }) => [account, add(decimal(reversed), decimal(realised))])
    case 'FundingSettled':
      return [[data.account, decimal(data.amount)]]
    case 'Liquidated':
      return [[data.account, sum(data.closed.map(({ realised }) => decimal(realised)))]]
    case 'InstrumentSettled':
      // Its postings bring the funding that has accrued as well.
      return data.positions.map(({ account }) => [account, cashOf(event, account, asset)] as const)
    case 'ExpirySettled':
      return [...new Set(data.positions.map(({ account }) => account))].map(
        (account) => [account, cashOf(event, account, asset)] as const,
      )
    case 'VariationSettled':
      return data.positions.map(({ account, amount }) => [account, decimal(amount)] as const)
    case 'Deleveraged': {
      const share = decimal(data.share)
      return [
        [data.account, add(cashOf(event, data.account, asset), share)],
        [data.counterparty, subtract(cashOf(event, data.counterparty, asset), share)],
      ]
    }
    default:
      return []
  }
}

/**
 * The variation margin that accounts paid over a day: of each account whose positions lost, what they lost; realised or
 * not, since a loss counts in equity at once here and there is no call for it. `worth` is of all positions, by account.
 */
export const variationPaid = (
  before: ReadonlyMap<string, Decimal>,
  after: ReadonlyMap<string, Decimal>,
  realised: ReadonlyMap<string, Decimal>,
): Decimal => {
  const accounts = new Set([...before.keys(), ...after.keys(), ...realised.keys()])
  return sum(
    [...accounts].map((id) => {
      const gained = add(subtract(after.get(id) ?? zero, before.get(id) ?? zero), realised.get(id) ?? zero)
      return max(zero, negate(gained))
    }),
  )
}
