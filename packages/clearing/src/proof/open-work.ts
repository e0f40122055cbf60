import { formatTime } from '@novation/events'
import type { Pool } from '../state/pool'
import { dueTimes } from '../time/due'
import { waitingOf } from './waiting'

/** One thing that waits: for a time, or, without `due`, for a price or for others. */
export interface OpenWork {
  readonly what: string
  readonly id: string
  readonly due?: string
}

const dueNames = {
  'margin-call': 'margin-call',
  debit: 'debit',
  auction: 'liquidation',
  expiry: 'expiry',
  loss: 'loss',
  settlement: 'settlement',
  fixing: 'settlement',
  'expiry-fixing': 'settlement',
  terms: 'terms',
  caps: 'caps',
}

/** Work that waits for time or a price; a breach without a liquidation waits for the liquidator, or for a price of anything it holds. */
export const openWork = (pool: Pool): readonly OpenWork[] => {
  // Nobody but who owes waits for the end of a cap's window.
  const isOwed = pool.standing.duties.owing.size > 0
  const due = dueTimes(pool).flatMap(({ what, id, at }) =>
    what === 'wear' || what === 'dead' || (what === 'caps' && !isOwed)
      ? []
      : [{ what: dueNames[what], id, due: formatTime(at) }],
  )
  const listed = new Set(due.map(({ what, id }) => `${what} ${id}`))
  const ended = [...pool.instruments.values()].filter(({ expired, settled }) => expired && !settled)
  const waiting = [
    ...ended.map(({ id }) => ({ what: 'settlement', id })),
    ...[...pool.liquidations.keys()].map((id) => ({ what: 'liquidation', id })),
    ...[...pool.calls].map((id) => ({ what: 'margin-call', id })),
    ...[...pool.accounts.values()].flatMap(({ id, debit }) => (debit === undefined ? [] : [{ what: 'debit', id }])),
    ...[...pool.standing.duties.start].map((id) => ({ what: 'breach', id })),
    ...[...pool.accounts.values()].flatMap((account) =>
      waitingOf(pool, account)?.for === 'price' ? [{ what: 'breach', id: account.id }] : [],
    ),
    ...[...pool.standing.duties.owing].map((id) => ({ what: 'loss', id })),
  ].filter(({ what, id }) => !listed.has(`${what} ${id}`))
  return [...due, ...waiting.sort((a, b) => compareText(a.id, b.id) || compareText(a.what, b.what))]
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
