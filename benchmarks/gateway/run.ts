import { parseArgs } from 'node:util'
import { median, percentile } from '../mesh/measure'
import { say } from '../mesh/report'
import type { Row } from '../table/row'
import { asMarkdown, asText } from '../table/text'
import { askAll } from './asking'
import { closeAll, openAll, tellAll, writeAll } from './following'
import { type Server, startServer } from './parent'
import { pastCost } from './past'
import { soak } from './soaking'

/**
 * What a gateway costs: questions against an empty route of the same server, telling many who follow against bare writes of
 * the same bytes, in one run. Servers are processes of their own, and their processor time is what is measured.
 *
 *   npm run bench:gateway -- [--accounts=10000] [--questions=20000] [--subscribers=10000] [--seconds=10] [--only=questions|feeds|private] [--output=markdown]
 *   npm run bench:gateway -- --soak=3600
 *   npm run bench:gateway -- --past=1000000
 *
 * `--soak` is for how many seconds a thousand subscribers come and go, `--past` how many events a made ledger has at random revisions of which it is asked: nothing
 * else is measured then.
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    questions: { type: 'string', default: '20000' },
    subscribers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '10' },
    soak: { type: 'string', default: '0' },
    past: { type: 'string', default: '0' },
    only: { type: 'string' },
    output: { type: 'string', default: 'table' },
  },
})
const [accounts, questions, subscribers, seconds, soaked, past] = [
  values.accounts,
  values.questions,
  values.subscribers,
  values.seconds,
  values.soak,
  values.past,
].map(Number) as [number, number, number, number, number, number]

const eventsASecond = 20
const ring = 9_000
const main = '/v1/pools/main'
const accountAt = (i: number): string => `${main}/accounts/a-${(i * 7919) % accounts}`

/** Asks until it is answered: of a long history a moment takes longer than anybody waits, and is nearer the next time. */
const untilAnswered = async (gateway: Server, path: string): Promise<void> => {
  const { status } = await fetch(gateway.url + path)
  if (status === 503) return untilAnswered(gateway, path)
  if (status !== 200) throw new Error(`${path}: status ${status}`)
}

const questionsCost = async (gateway: Server, empty: Server): Promise<readonly Row[]> => {
  const costs = { empty: [] as number[], account: [] as number[] }
  // In turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < 6; round += 1) {
    const few = Math.ceil(questions / 6)
    const [one, other] = [await askAll(empty, few, () => '/'), await askAll(gateway, few, accountAt)]
    // The first round warms both up.
    if (round === 0) continue
    costs.empty.push(one.cpu_ms)
    costs.account.push(other.cpu_ms)
  }
  // The first of them fold the ledger where the past is worked out, and put moments aside.
  await untilAnswered(gateway, `${main}/accounts?limit=100`)
  const pages: number[] = []
  for (let round = 0; round < 7; round += 1)
    pages.push((await askAll(gateway, 20, () => `${main}/accounts?limit=100`, 1)).cpu_ms)
  return [
    {
      id: 'gateway-account',
      what: 'one account, at the head',
      figure: median(costs.account) * 1_000,
      unit: 'us of CPU',
      baseline: { what: 'an empty route', figure: median(costs.empty) * 1_000 },
      goal: { of: 'ratio', is: 'at least', value: 0.5 },
    },
    {
      id: 'gateway-page',
      what: 'a page of 100 accounts with positions',
      figure: median(pages.slice(2)),
      unit: 'ms of CPU',
      goal: { of: 'figure', is: 'at most', value: 3 },
    },
  ]
}

const ringCost = async (gateway: Server): Promise<readonly Row[]> => {
  const { revision = 0 } = await gateway.ask('ticks', ring)
  const back = (i: number): number => revision - ((i * 7_919) % ring)
  const { took, cpu_ms } = await askAll(gateway, 500, (i) => `${accountAt(i)}?at=${back(i)}`, 1)
  return [
    {
      id: 'gateway-ring-cpu',
      what: `one account, at one of the last ${ring.toLocaleString('en')} revisions: mean`,
      figure: cpu_ms,
      unit: 'ms of CPU',
    },
    {
      id: 'gateway-ring-p50',
      what: 'the same, by the clock: p50',
      figure: median(took),
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 3 },
    },
    {
      id: 'gateway-ring-p99',
      what: 'the same, by the clock: p99',
      figure: percentile(took, 0.99),
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 10 },
    },
  ]
}

const feedsCost = async (gateway: Server, bare: Server): Promise<readonly Row[]> => {
  // The ledger decides in the same process, and its events are followed whoever listens.
  const alone = await tellAll(gateway, [], seconds, eventsASecond)
  const before = await gateway.ask('memory')
  const all = await openAll(gateway, subscribers, (i) => (i % 2 === 0 ? 'sse' : 'socket'))
  const held = await gateway.ask('memory')
  const told = await tellAll(gateway, all, seconds, eventsASecond)
  closeAll(all)
  const plain = await openAll(bare, subscribers, () => 'bare')
  const written = await writeAll(bare, seconds, told.bytes)
  closeAll(plain)
  const who = `${subscribers.toLocaleString('en')} who follow, half by SSE, half by WebSocket, ${eventsASecond} events a second, beside what these cost where nobody follows`
  return [
    {
      id: 'gateway-feeds',
      what: who,
      figure: (told.cpu_ms - alone.cpu_ms) / (seconds * 1_000),
      unit: 'cores',
      baseline: { what: 'bare writes of the same bytes', figure: written / (seconds * 1_000) },
      goal: { of: 'ratio', is: 'at least', value: 1 / 1.4 },
    },
    {
      id: 'gateway-feeds-alone',
      what: `what ${eventsASecond} events a second cost where nobody follows, the ledger that decides them among it`,
      figure: alone.cpu_ms / (seconds * 1_000),
      unit: 'cores',
    },
    {
      id: 'gateway-feeds-memory',
      what: 'each of them, in heap and buffers',
      figure: (held.held - before.held) / subscribers / 1_024,
      unit: 'KB',
      goal: { of: 'figure', is: 'at most', value: 16 },
    },
    {
      id: 'gateway-feeds-late',
      what: 'from an event to the last of them: p99',
      figure: told.late_ms,
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 1_000 },
    },
  ]
}

/** Each hears of an account of his own, which all prices move. */
const privateCost = async (gateway: Server): Promise<readonly Row[]> => {
  const many = Math.min(subscribers, accounts)
  const before = await gateway.ask('memory')
  const all = await openAll(
    gateway,
    many,
    (i) => (i % 2 === 0 ? 'sse' : 'socket'),
    (i) => `accounts/a-${i}`,
  )
  const held = await gateway.ask('memory')
  const told = await tellAll(gateway, all, seconds, eventsASecond)
  closeAll(all)
  const who = `${many.toLocaleString('en')} who follow an account each, all of them moved by ${eventsASecond} prices a second`
  return [
    { id: 'gateway-private', what: who, figure: told.cpu_ms / (seconds * 1_000), unit: 'cores' },
    {
      id: 'gateway-private-memory',
      what: 'each of them, in heap and buffers',
      figure: (held.held - before.held) / many / 1_024,
      unit: 'KB',
    },
    { id: 'gateway-private-late', what: 'from a price to the last of them: p99', figure: told.late_ms, unit: 'ms' },
  ]
}

const coming = 1_000

const soakCost = async (gateway: Server): Promise<readonly Row[]> => {
  const { held, came } = await soak(gateway, coming, soaked)
  const [first = Number.NaN, last = Number.NaN] = [held[0], held.at(-1)]
  const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)
  return [
    {
      id: 'gateway-soak',
      what: `what it holds after ${soaked} s in which ${came.toLocaleString('en')} came to ${coming.toLocaleString('en')} who follow and as many went, to what it held after a tenth of that (in MB, at each tenth: ${held.map(megabytes).join(', ')})`,
      figure: last / first,
      unit: '',
      goal: { of: 'figure', is: 'at most', value: 1.1 },
    },
  ]
}

const measured = async (gateway: Server): Promise<readonly Row[]> => {
  const wants = (part: string): boolean => values.only === undefined || values.only === part
  const rows: Row[] = []
  const beside = async (what: 'empty' | 'bare', measure: (server: Server) => Promise<readonly Row[]>) => {
    const server = await startServer(what)
    rows.push(...(await measure(server).finally(server.close)))
  }
  if (wants('questions')) {
    await beside('empty', (empty) => questionsCost(gateway, empty))
    say('going back')
    rows.push(...(await ringCost(gateway)))
  }
  if (wants('feeds')) {
    say('telling those who follow')
    await beside('bare', (bare) => feedsCost(gateway, bare))
  }
  if (wants('private')) {
    say('telling each of his own account')
    rows.push(...(await privateCost(gateway)))
  }
  return rows
}

/** What a gateway before a house of so many accounts costs. */
const houseCost = async (): Promise<readonly Row[]> => {
  say(`a gateway before ${accounts.toLocaleString('en')} accounts`)
  const gateway = await startServer('gateway', accounts)
  return (soaked > 0 ? soakCost(gateway) : measured(gateway)).finally(gateway.close)
}

const run = async (): Promise<void> => {
  const rows = await (past > 0 ? pastCost(past) : houseCost())
  const text =
    values.output === 'json' ? JSON.stringify(rows) : (values.output === 'markdown' ? asMarkdown : asText)(rows)
  process.stdout.write(`${text}\n`)
}

void run().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
