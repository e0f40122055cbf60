import { type Day, type Listed, type Market, type Moment, priceOf, type Role } from './day'
import { asset, makers, type Wish, wish } from './house'
import type { Random } from './random'

/** One trader's plan: what is put in, and the one position that is taken. */
interface Plan {
  readonly account: string
  readonly collateral: number
  readonly leverage: number
  readonly long: boolean
  readonly role: Role
  /** Which moment of the day. */
  readonly enters: number
  /** When some of the collateral is taken out again, if at all. */
  readonly withdraws?: number
}

const leverages = [1, 1.5, 2, 2, 3, 3, 4, 5, 6, 8, 10, 14]
const choices: readonly Role[] = [
  ...Array<Role>(4).fill('lead'),
  ...Array<Role>(3).fill('second'),
  ...Array<Role>(2).fill('third'),
  ...Array<Role>(2).fill('future'),
]

const pick = <A>(random: Random, from: readonly A[], otherwise: A): A => from[random.below(from.length)] ?? otherwise

/** Small accounts are many and large ones few: the square of an even number, from 500 to 40,000. */
const collateralOf = (random: Random): number => {
  const size = random.next()
  return 500 + 39_500 * size * size * size
}

/** Most come while the day is calm; every fifth comes to buy the dip, and finds that it goes on. */
const planOf = (random: Random, index: number, moments: number, calmUntil: number, expires: number): Plan => {
  const early = index % 5 !== 0
  const role = pick(random, choices, 'lead')
  const last = role === 'future' ? expires - 1 : moments - 1
  const enters = Math.floor(
    moments * (early ? random.between(0.001, calmUntil) : random.between(calmUntil + 0.06, calmUntil + 0.5)),
  )
  return {
    account: `trader-${String(index + 1).padStart(4, '0')}`,
    collateral: collateralOf(random),
    leverage: pick(random, leverages, 5),
    long: random.next() < (early ? 0.62 : 0.7),
    role,
    enters: Math.min(enters, last),
    ...(index % 9 === 0 ? { withdraws: Math.floor(moments * random.between(calmUntil / 2, 0.999)) } : {}),
  }
}

export const plansOf = (
  random: Random,
  count: number,
  moments: number,
  calmUntil: number,
  expires: number,
): readonly Plan[] => Array.from({ length: count }, (_, index) => planOf(random, index, moments, calmUntil, expires))

/** So much of an instrument, in whole lots, at least one. */
const quantityFor = ({ lot }: Listed, notional: number, price: string): string => {
  const places = lot.split('.')[1]?.length ?? 0
  const unit = Number(lot)
  return (Math.max(1, Math.floor(notional / Number(price) / unit)) * unit).toFixed(places)
}

/** What a trader does on entering: opens an account, puts money in, and trades with a maker. */
const enter = (plan: Plan, market: Market, moment: Moment, index: number): readonly Wish[] => {
  const { account, collateral, leverage, long, role } = plan
  const listed = market[role]
  const maker = makers[index % makers.length] ?? makers[0]
  const price = priceOf(moment, listed)
  const quantity = quantityFor(listed, collateral * leverage, price)
  return [
    wish('venue', 'OpenAccount', { account }),
    wish('venue', 'Deposit', { account, asset, amount: collateral.toFixed(2) }),
    wish('venue', 'ClearTrade', {
      trade: `open-${account}`,
      instrument: listed.instrument,
      buyer: long ? account : maker,
      seller: long ? maker : account,
      quantity,
      price,
    }),
  ]
}

const withdraw = ({ account, collateral }: Plan): Wish =>
  wish('venue', 'Withdraw', { account, asset, amount: (collateral * 0.2).toFixed(2) })

/** What everybody does at each moment, by its index. */
export const actionsOf = (plans: readonly Plan[], { market, moments }: Day): ReadonlyMap<number, readonly Wish[]> => {
  const actions = new Map<number, Wish[]>()
  const at = (index: number, wishes: readonly Wish[]): void => {
    actions.set(index, [...(actions.get(index) ?? []), ...wishes])
  }
  plans.forEach((plan, index) => {
    const moment = moments[plan.enters]
    if (moment !== undefined) at(plan.enters, enter(plan, market, moment, index))
    if (plan.withdraws !== undefined && plan.withdraws > plan.enters) at(plan.withdraws, [withdraw(plan)])
  })
  return actions
}
