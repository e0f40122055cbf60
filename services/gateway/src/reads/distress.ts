import type { Account, Pool } from '@novation/clearing'
import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { left, right } from 'fp-ts/Either'
import { problem } from '../http/problems'
import { pageOf, read } from './read'

const callForm = ({ id, call }: Account) =>
  call === undefined
    ? undefined
    : { account: id, amount: format(call.amount), deadline: formatTime(call.deadline), missed: call.missed }

export const calls = read({
  path: '/calls',
  seenBy: 'pool',
  summary: 'Open margin calls',
  query: {},
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
          return account === undefined ? undefined : callForm(account)
        },
      ),
    ),
})

/** Of others than his own a bidder sees what is on offer: which, and on which terms. */
const liquidationForm = (pool: Pool, id: string, own: string | undefined) => {
  const account = pool.accounts.get(pool.liquidations.get(id) ?? '')
  const liquidation = account?.liquidation
  if (account === undefined || liquidation === undefined) return undefined
  const { stage, auctionFrom, ends, kept, terms } = liquidation
  const offer = { liquidation: id, stage, auctionFrom: formatTime(auctionFrom), ends: formatTime(ends), terms }
  if (own !== undefined && own !== account.id) return stage === 'auction' ? offer : undefined
  return {
    liquidation: id,
    account: account.id,
    stage,
    auctionFrom: formatTime(auctionFrom),
    ends: formatTime(ends),
    kept: format(kept),
    terms,
  }
}

export const liquidations = read({
  path: '/liquidations',
  seenBy: 'all',
  summary: 'Open liquidations: their stage and the terms of their auctions',
  query: {},
  isList: true,
  isHeavy: false,
  read: ({ pool }, { page, own }) =>
    right(
      pageOf(
        [...pool.liquidations.keys()].sort(),
        (id) => id,
        page,
        (id) => liquidationForm(pool, id, own),
      ),
    ),
})

export const liquidation = read({
  path: '/liquidations/:liquidation',
  seenBy: 'all',
  summary: 'One open liquidation',
  query: {},
  isList: false,
  isHeavy: false,
  read: ({ pool }, { params: { liquidation: id = '' }, own }) => {
    const found = liquidationForm(pool, id, own)
    return found === undefined
      ? left(problem('not-found', `no liquidation ${id} is open at revision ${pool.revision}`))
      : right({ json: found })
  },
})
