import type { Command, LedgerEvent, Millis } from '@novation/events'
import { assertPassed, bulkParts, dueBy } from '../kit'
import { decide } from '../ledger/decide'
import { process } from '../ledger/process'
import type { PartSizes } from '../state/bulk-size'
import { isPriced } from '../state/health'
import { backstop } from '../state/names'
import { emptyPool, type Pool } from '../state/pool'
import type { House } from './play'

/** More than this in one settling is two rules that chase each other. */
const maxSettle = 2_000

interface Ledger {
  readonly pool: Pool
  readonly events: LedgerEvent[]
}

const submit = (ledger: Ledger, command: Command, at: Millis): Ledger & { readonly accepted: boolean } => {
  const first = process(ledger.pool, command, at)
  if (first.tag !== 'decided') return { ...ledger, accepted: false }
  const rest = bulkParts(first.pool)
  ledger.events.push(...first.events, ...rest.events)
  return { pool: rest.pool, events: ledger.events, accepted: first.rejection === undefined }
}

type Ask = Pick<Command, 'type' | 'actor' | 'data'>

/** What its margin bears, in a few steps; the whole where it bears nothing, so that its turn is over. */
const backstopBid = (pool: Pool, liquidation: string): Ask => {
  const bid = (fraction: string): Ask => ({
    type: 'BidLiquidation',
    actor: `keeper:${backstop}`,
    data: { liquidation, bidder: backstop, fraction },
  })
  const taken = ['1', '0.5', '0.2', '0.05'].find((fraction) => {
    const decision = decide(pool, { ...bid(fraction), id: 'x', pool: pool.name } as Command)
    return decision._tag === 'Right'
  })
  return bid(taken ?? '1')
}

/** What the services would ask as things stand: one ask for each duty that can be decided now. */
const asksOf = (pool: Pool): readonly Ask[] => {
  const { duties } = pool.standing
  const liquidation = (id: string) => pool.accounts.get(id)?.liquidation?.id ?? ''
  const priced = (ids: Iterable<string>) => [...ids].filter((id) => isPriced(pool, id)).sort()
  const waited = [...duties.owing].some((id) => pool.accounts.get(id)?.owing?.windowOver === true)
  const losses = !duties.owing.isEmpty() && (pool.liquidations.isEmpty() || waited)
  const turns = isPriced(pool, backstop) ? priced(duties.backstop).slice(0, 1) : []
  return [
    ...priced(duties.call).map((account): Ask => ({ type: 'CallMargin', actor: 'margin', data: { account } })),
    ...priced(duties.closeCall).map((account): Ask => ({ type: 'CloseCall', actor: 'margin', data: { account } })),
    ...priced([...duties.start, ...duties.restart]).map(
      (account): Ask => ({ type: 'StartLiquidation', actor: 'liquidator', data: { account } }),
    ),
    ...priced(duties.end).map(
      (id): Ask => ({ type: 'EndLiquidation', actor: 'liquidator', data: { liquidation: liquidation(id) } }),
    ),
    ...priced(duties.deleverage).map(
      (id): Ask => ({ type: 'Deleverage', actor: 'liquidator', data: { liquidation: liquidation(id) } }),
    ),
    ...(losses ? [{ type: 'CoverLoss', actor: 'insurance', data: {} } satisfies Ask] : []),
    ...turns.map((id) => backstopBid(pool, liquidation(id))),
  ]
}

/** Everybody who has a duty does it; what was turned down is not asked again while it stays due. */
const settle = (ledger: Ledger): Ledger => {
  let state = ledger
  let turnedDown = new Set<string>()
  for (let asked = 0; asked < maxSettle; asked += 1) {
    const due = asksOf(state.pool).map((ask) => ({ ask, key: `${ask.type} ${JSON.stringify(ask.data)}` }))
    turnedDown = new Set(due.map(({ key }) => key).filter((key) => turnedDown.has(key)))
    const next = due.find(({ key }) => !turnedDown.has(key))
    if (next === undefined) return state
    const command = { ...next.ask, id: `s-${state.pool.revision}`, pool: state.pool.name } as Command
    const done = submit(state, command, state.pool.at)
    if (!done.accepted) turnedDown.add(next.key)
    state = done
  }
  throw new Error('the duties never end')
}

const passTo = (ledger: Ledger, at: Millis): Ledger => {
  let state = ledger
  for (let due = dueBy(state.pool, at); due !== undefined; due = dueBy(state.pool, at)) {
    const now = Math.max(due.at, state.pool.at)
    const id = `p-${state.pool.revision}`
    const passed = submit(state, { id, type: 'PassTime', pool: state.pool.name, actor: 'clock', data: {} }, now)
    assertPassed(due, passed.accepted, passed.pool)
    state = settle(passed)
  }
  return state
}

const houseOf = (ledger: Ledger): House => ({
  pool: ledger.pool,
  events: ledger.events,
  submit: (command, at) => houseOf(settle(submit(passTo(ledger, at), command, at))),
})

/** A ledger in which every service does its duty at once, as in `run`: what is due by time first, then the command, then the rest. */
export const newHouse = (parts: PartSizes): House => houseOf({ pool: emptyPool('main', parts), events: [] })
