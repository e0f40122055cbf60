import { parseArgs } from 'node:util'
import { type Book, emptyPool, evolve, follow, judge, process as submit } from '@novation/clearing'
import { decodeEvent, encodeEvent, type LedgerEvent, type Stored } from '@novation/events'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import { advance, hostOn, startMesh } from '@novation/platform'
import { houseOf, instruments, type Line, loadOf, numbersFrom, prices } from './house'

/**
 * What the core costs, in CPU: deciding and folding against bare `JSON.parse` of the same events, a calm tick and a fall
 * against the number of accounts, and a crash in which the whole waterfall runs.
 *
 *   npm run bench:core -- [--accounts=1000,10000] [--crash=1000,4000,10000] [--commands=20000]
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '200,20000' },
    ticks: { type: 'string', default: '1000,10000,100000' },
    crash: { type: 'string', default: '1000,4000,10000' },
    commands: { type: 'string', default: '20000' },
  },
})

const start = Date.parse('2024-01-01T00:00:00Z')
const sizes = (text: string): readonly number[] => text.split(',').filter(Boolean).map(Number)
const cpu_us = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}
const timed = (work: () => void): number => {
  const began = cpu_us()
  work()
  return cpu_us() - began
}
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const shown = (us: number): string => (us >= 1e6 ? `${(us / 1e6).toFixed(2)} s` : `${us.toFixed(1)} us`)

/** Decides each line, and hands on what it made. */
const decideAll = (book: Book, lines: readonly Line[], made: LedgerEvent[]): void => {
  for (const { command, second } of lines) {
    const outcome = submit(book, command, start + second * 1000)
    if (outcome.tag === 'decided') made.push(...outcome.events)
  }
}

const read = (stored: readonly Stored[]): readonly LedgerEvent[] =>
  stored.map((each) => {
    const event = decodeEvent(each)
    if (event._tag === 'Left') throw new Error(event.left)
    return event.right
  })

const deciding = (accounts: number, commands: number): void => {
  const book = emptyPool('main')
  const before: LedgerEvent[] = []
  decideAll(book, houseOf(accounts, accounts * 20), before)
  decideAll(book, loadOf(accounts, commands >> 2), before)
  const made: LedgerEvent[] = []
  const load = loadOf(accounts, commands)
  const decided = timed(() => decideAll(book, load, made))
  const stored = made.map(encodeEvent)
  const parsed = timed(() => {
    for (const { body } of stored) JSON.parse(body)
  })
  const events = read(stored)
  const again = read(before.map(encodeEvent)).reduce(evolve, emptyPool('main'))
  void judge(again)
  const folded = timed(() => void events.reduce(follow, again))
  say(
    `deciding, ${accounts} accounts: ${shown(decided / load.length)} a command, ${(parsed / decided).toFixed(3)} of JSON.parse`,
  )
  say(
    `  folding and judging, decoded: ${shown(folded / events.length)} an event, ${(parsed / folded).toFixed(2)} of JSON.parse`,
  )
}

/**
 * Each price in turn on its way; nobody does anything about it. The middle one by the clock, which other work on the
 * machine disturbs least there, and the mean by CPU.
 */
const ticking = (book: Book, count: number, move: (price: number) => number): string => {
  const now = new Map<string, number>(instruments)
  const us: number[] = []
  const took = timed(() => {
    for (let i = 0; i < count; i += 1) {
      const [id = ''] = instruments[i % instruments.length] ?? []
      const price = move(now.get(id) ?? 1)
      now.set(id, price)
      const tick = tickOf(book, id, price.toFixed(8))
      const began = performance.now()
      void follow(book, tick)
      us.push((performance.now() - began) * 1000)
    }
  })
  return `p50 ${shown(us.toSorted((a, b) => a - b)[count >> 1] ?? 0)}, mean ${shown(took / count)} of CPU`
}

/** A tick as the next event, for the fold alone. */
const tickOf = (book: Book, instrument: string, price: string): LedgerEvent =>
  ({
    id: 'tick',
    type: 'PriceTick',
    pool: book.name,
    revision: book.revision + 1,
    at: '2024-01-01T00:00:02.000Z',
    data: { instrument, price, observedAt: '2024-01-01T00:00:02.000Z' },
    postings: [],
    metadata: { previousHash: book.head, hash: book.head, events: 1 },
  }) as unknown as LedgerEvent

const ticks = (accounts: number): void => {
  const book = emptyPool('main')
  decideAll(book, houseOf(accounts, 1e12), [])
  const number = numbersFrom(5)
  const calm = (price: number): number => price * (1 + (number() - 0.5) * 0.0006)
  void ticking(book, 1_000, calm)
  say(`a calm tick, ${accounts} accounts: ${ticking(book, 1_000, calm)}`)
  say(`  a fall by a fifth in 300 ticks: ${ticking(book, 300, (price) => price * 0.8 ** (4 / 300))}`)
}

const crash = (accounts: number): number => {
  const book = emptyPool('main')
  const mesh = startMesh(book, [hostOn(book, [margin, liquidator, insurance, backstopKeeper])])
  decideAll(book, houseOf(accounts, accounts * 20), [])
  const seconds = [10, 60, 300, 700, 1300, 1900, 2200, 2300, 2400, 3000, 6000, 10_000]
  let events = 0
  const took = timed(() => {
    for (const { command, second } of seconds.flatMap((at) => prices(0.7, at)))
      events += advance(mesh, command, start + second * 1000, 10_000_000).events.length
  })
  const left = `${book.liquidations.size} liquidations and ${book.standing.bankrupt.size} debts left`
  say(`a crash by three tenths, ${accounts} accounts, half of them long: ${shown(took)}, ${events} events, ${left}`)
  return took
}

for (const accounts of sizes(values.accounts)) deciding(accounts, Number(values.commands))
for (const accounts of sizes(values.ticks)) ticks(accounts)
const took = sizes(values.crash).map((accounts) => ({ accounts, us: crash(accounts) }))
for (const [i, { accounts, us }] of took.entries()) {
  const before = took[i - 1]
  if (before === undefined) continue
  const power = Math.log(us / before.us) / Math.log(accounts / before.accounts)
  say(`  from ${before.accounts} to ${accounts} accounts it grows as n^${power.toFixed(2)}`)
}
