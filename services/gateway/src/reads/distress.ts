import { type Account, auctionNow, deadlineOf, type Offer, offerOf, type Pool, type Stage } from '@novation/clearing'
import { floorRatio, format, negate } from '@novation/decimal'
import {
  AmountText,
  Count,
  formatTime,
  Id,
  InstantText,
  LiquidationId,
  LiquidationTerms,
  oneOf,
  open,
} from '@novation/events'
import { left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { problem } from '../http/problems'
import { pageOf, read } from './read'

const CallForm = open('Call', { account: Id, amount: AmountText, deadline: InstantText, missed: t.boolean })

const OfferForm = open('Offer', {
  positions: t.readonlyArray(open('Offered', { instrument: Id, quantity: AmountText, mark: AmountText })),
  coins: t.readonlyArray(open('OfferedCoin', { asset: Id, quantity: AmountText, price: AmountText })),
  paid: AmountText,
  discount: AmountText,
})

const stages = ['auction', 'backstop', 'deleverage', 'close-out'] as const satisfies readonly Stage[]

/** Of others than his own a bidder sees `items` only; the rest is of one's own, and for who sees the pool. */
const LiquidationForm = open(
  'Liquidation',
  {
    liquidation: LiquidationId,
    stage: oneOf(...stages),
    startedAt: InstantText,
    elapsed_ms: Count,
    terms: LiquidationTerms,
  },
  {
    ends: InstantText,
    account: Id,
    solvent: t.boolean,
    keptShare: AmountText,
    offer: OfferForm,
    items: t.readonlyArray(Id),
  },
)

/** Until when it is to be met, if enough of what the account holds can be dealt in until then. */
const callForm = (pool: Pool, account: Account) => {
  const { id, call } = account
  if (call === undefined) return undefined
  const deadline = formatTime(deadlineOf(pool, account, 'call'))
  return { account: id, amount: format(call.amount), deadline, missed: call.missed !== false }
}

export const calls = read({
  path: '/calls',
  seenBy: 'pool',
  summary: 'Open margin calls',
  query: {},
  answers: CallForm,
  isList: true,
  isHeavy: false,
  read: ({ pool }, { page }) =>
    right(
      pageOf(
        [...pool.calls].sort(),
        (id) => id,
        page,
        (id) => {
          const account = pool.accounts.get(id)
          return account === undefined ? undefined : callForm(pool, account)
        },
      ),
    ),
})

/** What a bid for all that is for sale would bring at this ledger time; the discount is a share, rounded down. */
const offerForm = ({ positions, coins, paid, discount }: Offer) => ({
  positions: positions.map(({ instrument, quantity, mark, isShort }) => ({
    instrument,
    quantity: format(isShort ? negate(quantity) : quantity),
    mark: format(mark),
  })),
  coins: coins.map(({ asset, quantity, price }) => ({ asset, quantity: format(quantity), price: format(price) })),
  paid: format(paid),
  discount: format(floorRatio(discount, 18)),
})

/** All that is sold of an account: its positions, and its coins. */
const itemsOf = (pool: Pool, { positions, balances }: Account): readonly string[] =>
  [...positions.keys(), ...[...balances.keys()].filter((id) => id !== pool.settlementAsset)].sort()

/** Of others than his own a bidder sees what is on offer: which, on which terms, and what is for sale. */
const liquidationForm = (pool: Pool, id: string, own: string | undefined) => {
  const account = pool.accounts.get(pool.liquidations.get(id) ?? '')
  const liquidation = account?.liquidation
  if (account === undefined || liquidation === undefined) return undefined
  const { kept, solvent, terms } = liquidation
  const { stage, startedAt, elapsed_ms, endsAt } = auctionNow(pool, account, liquidation)
  const ends = endsAt === undefined ? {} : { ends: formatTime(endsAt) }
  const auction = { stage, startedAt: formatTime(startedAt), elapsed_ms, ...ends, terms }
  if (own !== undefined && own !== account.id)
    return stage === 'auction' ? { liquidation: id, ...auction, items: itemsOf(pool, account) } : undefined
  const offer = offerOf(pool, account)
  return {
    liquidation: id,
    account: account.id,
    ...auction,
    solvent,
    keptShare: format(kept),
    ...(offer === undefined ? {} : { offer: offerForm(offer) }),
  }
}

export const liquidations = read({
  path: '/liquidations',
  seenBy: 'all',
  summary: 'Open liquidations: their stage, the terms of their auctions, and what a bidder gets now',
  query: { state: oneOf(...stages) },
  answers: LiquidationForm,
  isList: true,
  isHeavy: false,
  read: ({ pool }, { query: { state }, page, own }) =>
    right(
      pageOf(
        [...pool.liquidations.keys()].sort(),
        (id) => id,
        page,
        (id) => {
          const found = liquidationForm(pool, id, own)
          return state === undefined || found?.stage === state ? found : undefined
        },
      ),
    ),
})

export const liquidation = read({
  path: '/liquidations/:liquidation',
  seenBy: 'all',
  summary: 'One open liquidation',
  query: {},
  answers: LiquidationForm,
  isList: false,
  isHeavy: false,
  read: ({ pool }, { params: { liquidation: id = '' }, own }) => {
    const found = liquidationForm(pool, id, own)
    return found === undefined
      ? left(problem('not-found', `no liquidation ${id} is open at revision ${pool.revision}`))
      : right({ json: found })
  },
})
