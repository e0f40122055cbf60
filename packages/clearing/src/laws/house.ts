import type { Command, LedgerEvent, Millis } from '@novation/events'
import { assertPassed, bulkParts, dueBy } from '../kit'
import { foresee } from '../ledger/decide'
import { process } from '../ledger/process'
import { type Book, emptyPool } from '../state/book'
import type { PartSizes } from '../state/bulk-size'
import { startCause } from '../state/duties'
import { healthOf } from '../state/health'
import { backstop } from '../state/names'
import { clockAsk } from '../time/clock'
import type { House } from './play'

/** More than this in one settling is two rules that chase each other. */
const maxSettle = 2_000

interface Ledger {
  readonly pool: Book
  readonly events: LedgerEvent[]
}

/** Whether it was accepted. */
const submit = ({ pool, events }: Ledger, command: Command, at: Millis): boolean => {
  const first = process(pool, command, at)
  if (first.tag !== 'decided') return false
  events.push(...first.events, ...bulkParts(pool))
  return first.rejection === undefined
}

type Ask = Pick<Command, 'type' | 'actor' | 'data'>

/** What its margin bears, in a few steps; the whole where it bears nothing, so that its turn is over. */
const backstopBid = (pool: Book, liquidation: string): Ask => {
  const bid = (fraction: string): Ask => ({
    type: 'BidLiquidation',
    actor: `keeper:${backstop}`,
    data: { liquidation, bidder: backstop, fraction },
  })
  const taken = ['1', '0.5', '0.2', '0.05'].find((fraction) => {
    const { decision } = foresee(pool, { ...bid(fraction), id: 'x', pool: pool.name } as Command)
    return decision._tag === 'Right'
  })
  return bid(taken ?? '1')
}

/** Why it is put up, where that is not a breach. */
const startOf = (pool: Book, id: string) => {
  const account = pool.accounts.get(id)
  const cause = account === undefined ? undefined : startCause(pool, account, healthOf(pool, account))
  return cause === undefined || cause === 'breach' ? { account: id } : { account: id, cause }
}

/** What the services would ask as things stand: one ask for each duty that can be decided now. */
const asksOf = (pool: Book): readonly Ask[] => {
  const { duties } = pool.standing
  const liquidation = (id: string) => pool.accounts.get(id)?.liquidation?.id ?? ''
  const sorted = (ids: Iterable<string>) => [...ids].sort()
  const waited = [...duties.owing].some((id) => pool.accounts.get(id)?.owing?.windowOver === true)
  const losses = duties.owing.size > 0 && (pool.liquidations.size === 0 || waited)
  const turns = sorted(duties.backstop).slice(0, 1)
  return [
    ...sorted(duties.call).map((account): Ask => ({ type: 'CallMargin', actor: 'margin', data: { account } })),
    ...sorted(duties.closeCall).map((account): Ask => ({ type: 'CloseCall', actor: 'margin', data: { account } })),
    ...sorted(duties.callDebit).map((account): Ask => ({ type: 'CallDebit', actor: 'margin', data: { account } })),
    ...sorted(duties.closeDebit).map((account): Ask => ({ type: 'CloseDebit', actor: 'margin', data: { account } })),
    ...sorted(duties.start).map(
      (account): Ask => ({ type: 'StartLiquidation', actor: 'liquidator', data: startOf(pool, account) }),
    ),
    ...sorted(duties.end).map(
      (id): Ask => ({ type: 'EndLiquidation', actor: 'liquidator', data: { liquidation: liquidation(id) } }),
    ),
    ...sorted(duties.deleverage).map(
      (id): Ask => ({ type: 'Deleverage', actor: 'liquidator', data: { liquidation: liquidation(id) } }),
    ),
    ...sorted(duties.closeOut).map(
      (id): Ask => ({ type: 'CloseOut', actor: 'liquidator', data: { liquidation: liquidation(id) } }),
    ),
    ...(losses ? [{ type: 'CoverLoss', actor: 'insurance', data: {} } satisfies Ask] : []),
    ...turns.map((id) => backstopBid(pool, liquidation(id))),
  ]
}

/** Everybody who has a duty does it; what was turned down is not asked again while it stays due. */
const settle = (ledger: Ledger): void => {
  const { pool } = ledger
  let turnedDown = new Set<string>()
  for (let asked = 0; asked < maxSettle; asked += 1) {
    const due = asksOf(pool).map((ask) => ({ ask, key: `${ask.type} ${JSON.stringify(ask.data)}` }))
    turnedDown = new Set(due.map(({ key }) => key).filter((key) => turnedDown.has(key)))
    const next = due.find(({ key }) => !turnedDown.has(key))
    if (next === undefined) return
    const command = { ...next.ask, id: `s-${pool.revision}`, pool: pool.name } as Command
    if (!submit(ledger, command, pool.at)) turnedDown.add(next.key)
  }
  throw new Error('the duties never end')
}

const passTo = (ledger: Ledger, at: Millis): void => {
  const { pool } = ledger
  for (let due = dueBy(pool, at); due !== undefined; due = dueBy(pool, at)) {
    const now = Math.max(due.at, pool.at)
    const command: Command = { ...clockAsk(pool), id: `p-${pool.revision}`, pool: pool.name, actor: 'clock' }
    assertPassed(due, submit(ledger, command, now), pool)
    settle(ledger)
  }
}

/** A ledger in which every service does its duty at once, as in `run`: what is due by time first, then the command, then the rest. */
export const newHouse = (parts: PartSizes): House & { readonly pool: Book } => {
  const ledger: Ledger = { pool: emptyPool('main', parts), events: [] }
  return {
    ...ledger,
    submit: (command, at) => {
      passTo(ledger, at)
      submit(ledger, command, at)
      settle(ledger)
    },
    see: (command, at, look) =>
      ledger.pool.rehearse(() => {
        const made = process(ledger.pool, command, Math.max(at, ledger.pool.at))
        return made.tag === 'decided' && made.rejection === undefined ? look() : undefined
      }),
  }
}
