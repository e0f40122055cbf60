import { parseArgs } from 'node:util'
import { median, percentile } from '../mesh/measure'
import { say } from '../mesh/report'
import type { Row } from '../table/row'
import { asMarkdown, asText } from '../table/text'
import { askAll } from './asking'
import { closeAll, openAll, tellAll, writeAll } from './following'
import { type Server, startServer } from './parent'
import { soak } from './soaking'

/**
 * What a gateway costs: questions against an empty route of the same server, telling many who follow against bare writes of
 * the same bytes, in one run. Servers are processes of their own, and their processor time is what is measured.
 *
 *   npm run bench:gateway -- [--accounts=10000] [--questions=20000] [--subscribers=10000] [--seconds=10] [--soak=0] [--output=markdown]
 *
 * `--soak` is for how many seconds a thousand subscribers come and go, and nothing else is measured then.
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    questions: { type: 'string', default: '20000' },
    subscribers: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '10' },
    soak: { type: 'string', default: '0' },
    output: { type: 'string', default: 'table' },
  },
})
const [accounts, questions, subscribers, seconds, soaked] = [
  values.accounts,
  values.questions,
  values.subscribers,
  values.seconds,
  values.soak,
].map(Number) as [number, number, number, number, number]

const eventsASecond = 20
const ring = 9_000
const main = '/v1/pools/main'
const accountAt = (i: number): string => `${main}/accounts/a-${(i * 7919) % accounts}`

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
  // The first of them folds the ledger in the thread of the past.
  await askAll(gateway, 1, () => `${main}/accounts?limit=100`, 1).then(() => undefined)
  const pages = await askAll(gateway, 30, () => `${main}/accounts?limit=100`, 1)
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
      figure: pages.cpu_ms,
      unit: 'ms of CPU',
      goal: { of: 'figure', is: 'at most', value: 3 },
    },
  ]
}

const pastCost = async (gateway: Server): Promise<readonly Row[]> => {
  const { revision = 0 } = await gateway.ask('ticks', ring)
  const back = (i: number): number => revision - ((i * 7_919) % ring)
  const { took } = await askAll(gateway, 500, (i) => `${accountAt(i)}?at=${back(i)}`, 1)
  return [
    {
      id: 'gateway-ring-p50',
      what: `one account, at one of the last ${ring.toLocaleString('en')} revisions: p50`,
      figure: median(took),
      unit: 'ms',
      goal: { of: 'figure', is: 'at most', value: 3 },
    },
    {
      id: 'gateway-ring-p99',
      what: 'the same: p99',
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

const measured = async (gateway: Server, empty: Server, bare: Server): Promise<readonly Row[]> => {
  const asked = await questionsCost(gateway, empty)
  say('telling those who follow')
  const told = await feedsCost(gateway, bare)
  say('going back')
  return [...asked, ...(await pastCost(gateway)), ...told]
}

const run = async (): Promise<void> => {
  say(`a gateway before ${accounts.toLocaleString('en')} accounts`)
  const servers = [await startServer('gateway', accounts), await startServer('empty'), await startServer('bare')]
  const [gateway, empty, bare] = servers as [Server, Server, Server]
  try {
    const rows = await (soaked > 0 ? soakCost(gateway) : measured(gateway, empty, bare))
    const text =
      values.output === 'json' ? JSON.stringify(rows) : (values.output === 'markdown' ? asMarkdown : asText)(rows)
    process.stdout.write(`${text}\n`)
  } finally {
    for (const server of servers) server.close()
  }
}

void run().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
})
