import { decider, healthOf } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { type Row, say } from '../table/row'
import { cpu_us, quantile, timed_us } from './clock'
import { type Core, newCore } from './either-core'
import { houseOf, instruments, numbersFrom } from './house'

/** A tick as the next event, for the fold alone. */
const tickOf = (core: Core, instrument: string, price: string): LedgerEvent => {
  const { name, revision, head } = core.pool()
  return {
    id: 'tick',
    type: 'PriceTick',
    pool: name,
    revision: revision + 1,
    at: '2024-01-01T00:00:02.000Z',
    data: { instrument, price, observedAt: '2024-01-01T00:00:02.000Z' },
    postings: [],
    metadata: { previousHash: head, hash: head, events: 1, decider },
  } as unknown as LedgerEvent
}

/** By the clock, which is the finer: what else a machine does shows only in the slowest. */
const clock_us = (): number => performance.now() * 1000

/** Each price in turn on its way; nobody does anything about it. Microseconds a tick, sorted, and of CPU in all. */
const ticking = (core: Core, count: number, move: (price: number) => number, now_us = clock_us) => {
  const now = new Map<string, number>(instruments)
  const us: number[] = []
  const cpu = timed_us(() => {
    for (let i = 0; i < count; i += 1) {
      const [id = ''] = instruments[i % instruments.length] ?? []
      const price = move(now.get(id) ?? 1)
      now.set(id, price)
      const tick = tickOf(core, id, price.toFixed(8))
      const began = now_us()
      core.follow(tick)
      us.push(now_us() - began)
    }
  })
  return { us: us.sort((a, b) => a - b), cpu }
}

/** What every tick would cost if everybody were looked at. */
const naive_us = (core: Core): number => {
  core.follow(tickOf(core, instruments[0]?.[0] ?? '', '39999'))
  for (const [id, price] of instruments) core.follow(tickOf(core, id, (price * 1.000001).toFixed(8)))
  const pool = core.pool()
  return timed_us(() => {
    for (const account of pool.accounts.values()) void healthOf(pool, account)
  })
}

const judgedBy = (core: Core): number | undefined => {
  const { judged } = core.pool().standing
  return judged === undefined ? undefined : judged.from + judged.ids.length
}

const of = (accounts: number): readonly Row[] => {
  say(`ticks, ${accounts} accounts`)
  const core = newCore()
  for (const line of houseOf(accounts, 1e12)) void core.decide(line)
  const number = numbersFrom(5)
  const calm = (price: number): number => price * (1 + (number() - 0.5) * 0.0006)
  void ticking(core, 2_000, calm)
  const walk = ticking(core, 4_000, calm)
  const naive = naive_us(core)
  const before = judgedBy(core)
  const fall = ticking(core, 300, (price) => price * 0.8 ** (4 / 300), cpu_us)
  const after = judgedBy(core)
  const name = `${accounts.toLocaleString('en')} accounts`
  const fallRows: readonly Row[] = [
    {
      id: `fall-mean-${accounts}`,
      what: `a tick of a fall by a fifth, mean, ${name}`,
      figure: fall.cpu / 300,
      unit: 'us',
    },
    {
      id: `fall-p99-${accounts}`,
      what: `the same, p99, ${name}`,
      figure: quantile(fall.us, 0.99),
      unit: 'us',
      ...(accounts === 10_000 ? { goal: { of: 'figure', is: 'at most', value: 1_500 } as const } : {}),
    },
  ]
  const judged: readonly Row[] =
    before === undefined || after === undefined
      ? []
      : [
          {
            id: `fall-judged-${accounts}`,
            what: `judgements an account in that fall, ${name}`,
            figure: (after - before) / accounts,
            unit: '',
            goal: { of: 'figure', is: 'at most', value: 7 },
          },
        ]
  return [
    {
      id: `tick-${accounts}`,
      what: `a calm tick, p50, ${name}`,
      figure: quantile(walk.us, 0.5),
      unit: 'us',
      baseline: { what: 'looking at everybody', figure: naive },
      goal: { of: 'figure', is: 'at most', value: 3 },
    },
    { id: `tick-p99-${accounts}`, what: `the same, p99, ${name}`, figure: quantile(walk.us, 0.99), unit: 'us' },
    ...fallRows,
    ...judged,
  ]
}

/** A calm walk of prices, and a fall in which nobody is liquidated, by the number of accounts. */
export const measure = (accounts: readonly number[]): readonly Row[] => accounts.flatMap(of)
