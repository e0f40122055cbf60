import { add, type Decimal, format, isPositive, isZero, multiply, negate, subtract, sum, zero } from '@novation/decimal'
import { accruedFunding, markOf } from '../state/health'
import { bondsIn, houseBalance } from '../state/house-balance'
import { bulkOf, clearing, custody, dust, fees, insurance, skinInTheGame } from '../state/names'
import type { Account, Asset, Health, Pool } from '../state/pool'

export interface AssetStatement {
  readonly asset: string
  readonly custody: string
  /** The most that the pool takes of it, where that is bounded. */
  readonly cap?: string
  /** To traders, less what they owe. */
  readonly owed: string
  /** The same gross: all that is above zero of what each has, and all that is below. */
  readonly credits: string
  readonly debits: string
  /** What custody holds beyond the house's own: so much of it can be paid out. */
  readonly liquidity: string
  readonly insurance: string
  readonly skinInTheGame: string
  readonly fees: string
  readonly dust: string
  /** What sources have put up for what they sign, where any has. */
  readonly bonds?: string
  readonly imbalance: string
}

/** An account and how it stands. */
export interface Judged {
  readonly account: Account
  readonly health: Health
}

/** Funding that has left positions but not yet reached accounts: what `funding/<instrument>` holds, less what is accrued. */
const fundingInTransit = (pool: Pool): Decimal =>
  sum(
    [...pool.instruments.values()].map(({ id, holders, funding }) => {
      const accrued = [...holders].map(({ positions }) => {
        const position = positions.get(id)
        return position === undefined ? zero : accruedFunding(pool, position)
      })
      return subtract(funding.balances.get(pool.settlementAsset ?? '') ?? zero, sum(accrued))
    }),
  )

/** What a house account holds of one asset; in the settlement asset, with what it holds of instruments at the mark. */
const worthIn = (pool: Pool, account: string, asset: string): Decimal => {
  const cash = houseBalance(pool, account, asset)
  if (asset !== pool.settlementAsset) return cash
  const held = [...pool.instruments.values()].map((instrument) => {
    const quantity = houseBalance(pool, account, instrument.id)
    return isZero(quantity) ? zero : multiply(multiply(quantity, markOf(instrument)), instrument.multiplier)
  })
  return sum([cash, ...held])
}

/** What is between two hands: of a command half done, with the house; of work in parts, with the account it goes through. */
const inHand = (pool: Pool, asset: string): Decimal => {
  const novated = worthIn(pool, clearing, asset)
  return pool.bulk === undefined ? novated : add(novated, worthIn(pool, bulkOf(pool.bulk.id), asset))
}

/** What is owed to each trader in one asset: the balance, and in the settlement asset what the positions are worth. */
const claimsIn = (asset: string, settlement: boolean, judged: readonly Judged[]): readonly Decimal[] =>
  judged.map(({ account, health }) =>
    add(
      account.balances.get(asset) ?? zero,
      settlement ? sum(health.positions.map(({ unrealised, accrued }) => add(unrealised, accrued))) : zero,
    ),
  )

const capped = (asset: Asset | undefined): { readonly cap?: string } =>
  asset?.cap === undefined ? {} : { cap: format(asset.cap) }

/** What the house holds of one asset and for whom: what is held less all that is owed is the imbalance, and zero. */
export const assetStatement = (pool: Pool, asset: string, judged: readonly Judged[]): AssetStatement => {
  const settlement = asset === pool.settlementAsset
  const held = negate(houseBalance(pool, custody, asset))
  const claims = claimsIn(asset, settlement, judged)
  const credits = sum(claims.filter(isPositive))
  const owed = sum(claims)
  const house = [insurance, skinInTheGame, fees, dust].map((account) => houseBalance(pool, account, asset))
  const bonds = bondsIn(pool, asset)
  const transit = settlement ? fundingInTransit(pool) : zero
  return {
    asset,
    custody: format(held),
    ...capped(pool.assets.get(asset)),
    owed: format(owed),
    credits: format(credits),
    debits: format(subtract(credits, owed)),
    liquidity: format(subtract(held, sum([...house, bonds]))),
    insurance: format(house[0] ?? zero),
    skinInTheGame: format(house[1] ?? zero),
    fees: format(house[2] ?? zero),
    dust: format(house[3] ?? zero),
    ...(isZero(bonds) ? {} : { bonds: format(bonds) }),
    imbalance: format(subtract(held, sum([owed, ...house, bonds, transit, inHand(pool, asset)]))),
  }
}
