import { verify } from '@novation/audit'
import type { Stored } from '@novation/events'
import { type Row, say } from '../table/row'
import { timed_us, timedAsync_us } from './clock'
import { asRead, newCore } from './either-core'
import { houseOf, loadOf } from './house'

const depths = ['chain', 'fold', 'everything'] as const
const goals = { chain: 1.3, fold: undefined, everything: 0.2 }
const whats = { chain: 'verified: chain', fold: 'verified: fold', everything: 'verified: everything, decided again' }
const rounds = 3

/** The first so many events of a history, up to the end of a command. */
const beginningOf = (history: readonly Stored[], count: number): readonly Stored[] => {
  let end = Math.min(count, history.length)
  while (end < history.length && !/,"events":\d+,"previousHash"/.test(history[end]?.body ?? '')) end += 1
  return history.slice(0, end)
}

const of = async (history: readonly Stored[]): Promise<readonly Row[]> => {
  const count = history.length
  say(`verifying ${count} events`)
  const best = { parse: Number.POSITIVE_INFINITY, chain: Number.POSITIVE_INFINITY, fold: Number.POSITIVE_INFINITY }
  const all: Record<string, number> = { ...best, everything: Number.POSITIVE_INFINITY }
  const note = (what: string, us: number): void => {
    all[what] = Math.min(all[what] ?? us, us)
  }
  for (let round = 0; round < rounds; round += 1) {
    const parsing = timed_us(() => history.forEach(({ body }) => void JSON.parse(body)))
    note('parse', parsing)
    for (const depth of depths)
      note(
        depth,
        await timedAsync_us(async () => {
          const { sound } = await verify(history, { pool: 'main', depth })
          if (!sound) throw new Error('only a sound ledger can be measured')
        }),
      )
  }
  return depths.map((depth): Row => {
    const least = goals[depth]
    return {
      id: `verify-${depth}-${count}`,
      what: `${whats[depth]}, ${count.toLocaleString('en')} events`,
      figure: (all[depth] ?? 0) / count,
      unit: 'us an event',
      baseline: { what: 'JSON.parse of it', figure: (all.parse ?? 0) / count },
      ...(least === undefined ? {} : { goal: { of: 'ratio', is: 'at least', value: least } }),
    }
  })
}

/** Verification at each depth of the same history at several lengths: what an event costs must not depend on it. */
export const measure = async (events: readonly number[], accounts = 1_000): Promise<readonly Row[]> => {
  if (events.length === 0) return []
  const most = Math.max(...events)
  const core = newCore()
  const history: Stored[] = []
  for (const line of houseOf(accounts, accounts * 20)) history.push(...core.decide(line).map(asRead))
  for (let day = 0; history.length < most; day += 1)
    for (const line of loadOf(accounts, 10_000, day)) {
      if (history.length >= most) break
      history.push(...core.decide(line).map(asRead))
    }
  const rows: Row[] = []
  for (const count of events) rows.push(...(await of(beginningOf(history, count))))
  return rows
}
