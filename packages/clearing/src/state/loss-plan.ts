import { add, type Decimal, decimal, isPositive, max, min, negate, subtract, sum, zero } from '@novation/decimal'
import {
  type Amount,
  buyCoins,
  type Haircut,
  haircut,
  type Payments,
  type Purchase,
  payFromLayers,
  type SetOff,
} from '@novation/risk'
import { type Below, belowZero, drawingsOf } from './below-zero'
import { type Debt, debtOf } from './debts'
import { layersOf } from './layers'
import type { Account, Pool } from './pool'
import { profitOf, profitsIn } from './profit'
import { type CapsNow, capsOf, purseOf } from './purses'
import { setOffsFor } from './set-offs'
import { type BulkEntry, type Drawing, noDefault } from './values'
import { settlementPlaces } from './worth'

/** What a prefunded layer pays for somebody, and what of it counts under which cap. */
export interface Draw {
  readonly account: string
  readonly layer: 'fund' | 'skin-in-the-game'
  readonly amount: Decimal
  readonly under: readonly Drawing[]
}

/** How the losses of all who owe go down the waterfall, in one step. */
export interface LossPlan extends Haircut {
  /** What owners pay out of their other accounts. */
  readonly setOffs: readonly SetOff[]
  /** In order of id, and of the layers. */
  readonly draws: readonly Draw[]
  /** What is left of the losses once the prefunded layers have paid. */
  readonly loss: Decimal
  /** The coins that the fund buys of those who still owe. */
  readonly purchases: readonly CoinPurchase[]
}

/** A coin of somebody who owes that the fund buys, and under which cap. */
export interface CoinPurchase extends Purchase {
  readonly account: string
  readonly price: Decimal
  readonly under: readonly Drawing[]
}

/** Everybody who owes, in order of id, and how much, in whole units. */
const debtsOf = (pool: Pool): readonly Debt[] =>
  [...pool.standing.duties.owing].sort().flatMap((id) => {
    const account = pool.accounts.get(id)
    return account === undefined ? [] : [debtOf(pool, account)]
  })

/** What each layer pays for everybody below zero, as far as the caps go. */
const paymentsFor = (pool: Pool, below: readonly Below[]): readonly Payments[] =>
  payFromLayers(
    below.map(({ account, allowed: { amount } }) => ({
      id: account.id,
      amount,
      drawn: (account.inDefault ?? noDefault).drawn,
    })),
    { ...layersOf(pool), perDefault: decimal(pool.parameters.waterfall.skinInTheGame) },
    settlementPlaces(pool),
  )

/** These drawings, in turn, for payments of these amounts, one after the other. */
const inTurn = (drawings: readonly Drawing[], amounts: readonly Decimal[]): readonly (readonly Drawing[])[] => {
  let left = drawings
  return amounts.map((amount) => {
    let missing = amount
    const taken = left.map((drawing) => {
      const part = min(missing, drawing.amount)
      missing = subtract(missing, part)
      return { ...drawing, amount: part }
    })
    left = left.map((drawing, i) => ({ ...drawing, amount: subtract(drawing.amount, taken[i]?.amount ?? zero) }))
    return taken.filter((each) => isPositive(each.amount))
  })
}

/** The payments for one account in the order of the layers, each with its part of what counts under the caps. */
const drawsFor = (pool: Pool, { account, allowed }: Below, paid: Payments, caps: CapsNow): readonly Draw[] => {
  const amounts = [paid.first, paid.fund, paid.rest]
  const all = drawingsOf(pool, account, allowed, sum(amounts), caps)
  const ofOwner = inTurn(
    all.filter(({ what }) => what === 'owner'),
    amounts,
  )
  const ofParts = inTurn(
    all.filter(({ what }) => what !== 'owner'),
    amounts,
  )
  const layers = ['skin-in-the-game', 'fund', 'skin-in-the-game'] as const
  return amounts.flatMap((amount, i) => {
    const layer = layers[i]
    if (layer === undefined || !isPositive(amount)) return []
    return [{ account: account.id, layer, amount, under: [...(ofOwner[i] ?? []), ...(ofParts[i] ?? [])] }]
  })
}

const paidTo = (setOffs: readonly SetOff[], id: string): Decimal =>
  sum(setOffs.filter(({ to }) => to === id).map(({ amount }) => amount))

const paidBy = (setOffs: readonly SetOff[], id: string): Decimal =>
  sum(setOffs.filter(({ from }) => from === id).map(({ amount }) => amount))

/** Everybody's profit, in all and by instrument: all that a loss may be socialised over, once owners have paid. */
const profitsOf = (pool: Pool, setOffs: readonly SetOff[]) =>
  [...pool.accounts.values()].flatMap((account) => {
    const profit = profitOf(pool, account, paidBy(setOffs, account.id))
    return isPositive(profit) ? [{ id: account.id, profit, of: profitsIn(pool, account, profit) }] : []
  })

/** What the instruments required in which it was lost. */
const requiredIn = ({ inDefault = noDefault }: Account): readonly Amount[] =>
  [...inDefault.required].map(([id, amount]) => ({ id, amount }))

const drawnOn = (draws: readonly Draw[], purse: string): Decimal =>
  sum(
    draws.flatMap(({ under }) =>
      under.filter(({ what, id }) => purseOf(what, id) === purse).map(({ amount }) => amount),
    ),
  )

/**
 * What the fund buys with what it has left: accounts by id, of each the coins by id, for what they were last offered for, as far
 * as the debt, the fund and the coin's cap go. `paid` is what each has been paid by its owner, and by all.
 */
const purchasesFor = (
  pool: Pool,
  debts: readonly Debt[],
  draws: readonly Draw[],
  caps: CapsNow,
  paid: { readonly byOwner: (id: string) => Decimal; readonly byAll: (id: string) => Decimal },
): readonly CoinPurchase[] => {
  const places = settlementPlaces(pool)
  let fund = subtract(
    layersOf(pool).fund,
    sum(draws.filter(({ layer }) => layer === 'fund').map(({ amount }) => amount)),
  )
  const spent = new Map<string, Decimal>()
  return debts.flatMap(({ account: { id: account }, amount, coins }) => {
    const cap = (asset: string): Decimal => {
      const purse = purseOf('coin', asset)
      return max(zero, subtract(caps.part(purse), add(drawnOn(draws, purse), spent.get(asset) ?? zero)))
    }
    const bought = buyCoins(
      {
        debt: subtract(amount, paid.byOwner(account)),
        left: subtract(amount, paid.byAll(account)),
        coins,
        places,
      },
      { fund, cap },
    )
    for (const { id, paid: cost } of bought) {
      fund = subtract(fund, cost)
      spent.set(id, add(spent.get(id) ?? zero, cost))
    }
    return bought.map((purchase) => ({
      ...purchase,
      account,
      price: coins.find(({ id }) => id === purchase.id)?.price ?? zero,
      under: [
        { what: 'coin' as const, id: purchase.id, amount: purchase.paid, cap: caps.cap(purseOf('coin', purchase.id)) },
      ],
    }))
  })
}

/**
 * First owners pay out of their other accounts; then the prefunded layers, as far as the caps go, each sharing what it has
 * over all who are below zero; what they leave of the losses of those who owe is taken from profits, first from those made
 * where it was lost; and what coins stand behind is paid by the fund, which buys them.
 */
export const lossPlan = (pool: Pool): LossPlan => {
  const all = debtsOf(pool)
  const setOffs = setOffsFor(pool, all)
  const caps = capsOf(pool)
  const byOwner = (id: string): Decimal => paidTo(setOffs, id)
  const below = belowZero(pool, caps, byOwner)
  const payments = paymentsFor(pool, below)
  const paying = new Set(all.filter(({ waits }) => !waits).map(({ account }) => account))
  const owing = below.flatMap((each, i) => {
    const paid = payments[i]
    return paid !== undefined && paying.has(each.account) ? [{ ...each, paid }] : []
  })
  const debts = owing
    .map(({ account, lacks, paid }) => ({
      id: account.id,
      amount: subtract(lacks, sum([paid.first, paid.fund, paid.rest])),
      instruments: requiredIn(account),
    }))
    .filter(({ amount }) => isPositive(amount))
  const draws = owing.flatMap(({ paid, ...each }) => drawsFor(pool, each, paid, caps))
  const cut = haircut({
    profits: debts.length === 0 ? [] : profitsOf(pool, setOffs),
    debts,
    places: settlementPlaces(pool),
  })
  const byAll = (id: string): Decimal =>
    sum([
      byOwner(id),
      ...draws.filter(({ account }) => account === id).map(({ amount }) => amount),
      ...cut.given.filter((each) => each.id === id).map(({ amount }) => amount),
    ])
  return {
    setOffs,
    draws,
    loss: sum(debts.map(({ amount }) => amount)),
    ...cut,
    purchases: purchasesFor(pool, all, draws, caps, { byOwner, byAll }),
  }
}

/** The plan as single movements, in the order in which they are made. */
export const entriesOf = ({ setOffs, draws, taken, given, purchases }: LossPlan): readonly BulkEntry[] => [
  ...setOffs.map(({ from, to, amount }): BulkEntry => ({ account: from, amount, from: 'owner', to })),
  ...draws.map(({ account, layer, amount, under }): BulkEntry => ({ account, amount, from: layer, under })),
  ...taken.map(
    ({ id: account, amount, instrument }): BulkEntry => ({
      account,
      amount: negate(amount),
      from: 'haircut',
      ...(instrument === undefined ? {} : { instrument }),
    }),
  ),
  ...given.map(({ id: account, amount }): BulkEntry => ({ account, amount, from: 'haircut' })),
  ...purchases.map(
    ({ account, id: asset, quantity, price, paid: amount, under }): BulkEntry => ({
      account,
      amount,
      from: 'coins',
      under,
      bought: { asset, quantity, price },
    }),
  ),
]
