import { add, type Decimal, decimal, subtract, whole } from '@novation/decimal'
import { capOf, isWithin, type Size, type Sized, sizeOf } from '@novation/risk'
import { healthOf } from './health'
import { collateralOf } from './holders'
import { layersOf } from './layers'
import type { Account, Owner, Pool } from './pool'
import { stressAt } from './stress'
import { settlementPlaces } from './worth'

/** A: the most that others are to bear of any one owner, by what the prefunded layers hold now. */
export const allowanceOf = (pool: Pool): Decimal => {
  const { share, floor } = pool.parameters.size
  const { fund, skinInTheGame } = layersOf(pool)
  return capOf(decimal(floor), whole(decimal(share)), add(fund, skinInTheGame), settlementPlaces(pool))
}

/** An account as a jump of every price would meet it. */
const sizedOf = (pool: Pool, account: Account): Sized => {
  const health = healthOf(pool, account)
  const { worst, collateral } = health
  return {
    stress: stressAt(pool, account, health),
    worth: worst,
    cuts: collateral.cutWorst,
    coins: subtract(collateral.worst, collateralOf(account, pool.settlementAsset ?? '')),
  }
}

export const ownerSize = (pool: Pool, { accounts }: Owner): Size =>
  sizeOf([...accounts].map((account) => sizedOf(pool, account)))

/** Whether an owner is larger than one may be; the backstop is there for what nobody else bears. */
export const isTooLarge = (pool: Pool, account: Account): boolean =>
  account.id !== pool.parameters.backstop && !isWithin(ownerSize(pool, account.owner), allowanceOf(pool))
