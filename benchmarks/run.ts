import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Part } from './mesh/report'
import { costByAccounts, costByEvents } from './table/plots'
import { type Goal, type Row, say } from './table/row'
import { asMarkdown, asText } from './table/text'

/**
 * All benchmarks in one run, each in a process of its own: every figure with its baseline, what it is to reach, and
 * whether it does. With `--before`, what an older version can be asked too is measured in its checkout beside, whose
 * packages must be installed.
 *
 *   npm run bench -- [--quick] [--before=CHECKOUT] [--output=table|markdown|json] [--plots=FOLDER]
 *     [--most-accounts=100000] [--most-events=300000] [--mesh]
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    before: { type: 'string' },
    output: { type: 'string', default: 'table' },
    json: { type: 'boolean', default: false },
    plots: { type: 'string' },
    'most-accounts': { type: 'string' },
    'most-events': { type: 'string' },
    mesh: { type: 'boolean', default: false },
  },
})

const root = join(__dirname, '..')

const scales = (least: number, most: number): readonly number[] =>
  least > most ? [] : [least, ...scales(least * 10, most)]

const mostAccounts = Number(values['most-accounts'] ?? (values.quick ? 10_000 : 100_000))
const mostEvents = Number(values['most-events'] ?? (values.quick ? 30_000 : 300_000))
const list = (numbers: readonly number[]): string => [...new Set(numbers)].sort((a, b) => a - b).join(',')

const core = {
  accounts: list(values.quick ? [200, 2_000] : [200, 20_000, ...scales(1_000, mostAccounts)]),
  commands: values.quick ? '9000' : '30000',
  events: list(values.quick ? [10_000, mostEvents] : [10_000, 100_000, ...scales(100_000, mostEvents), mostEvents]),
  ticks: list(scales(1_000, mostAccounts)),
}
/** What only this version can be asked. */
const alone = {
  crash: values.quick ? '500,1000' : '1000,4000,10000',
  threads: values.quick ? '20000' : '60000',
}
const none = { crash: '', threads: '' }

const printed = async (checkout: string, file: string, args: readonly string[], env = {}): Promise<string> => {
  const register = join(checkout, 'packages/testing/register.js')
  const child = spawn(process.execPath, ['--max-semi-space-size=64', '--require', register, file, ...args], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  if (child.exitCode === null) await new Promise((ended) => child.once('close', ended))
  if (child.exitCode !== 0) throw new Error(`${file} ended with ${child.exitCode}`)
  return text
}

const flags = (of: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(of).map(([name, value]) => `--${name}=${value}`)

const coreRows = async (checkout: string, more: typeof alone): Promise<readonly Row[]> => {
  say(`the core of ${checkout}`)
  return JSON.parse(
    await printed(checkout, join(root, 'benchmarks/core/run.ts'), [...flags({ ...core, ...more }), '--output=json']),
  )
}

/** Seconds of CPU of the demo, in a process of its own. */
const demo_s = async (checkout: string): Promise<number> => {
  say(`the demo of ${checkout}`)
  const folder = mkdtempSync(join(tmpdir(), 'novation-bench-'))
  try {
    const usage = join(folder, 'usage.json')
    const args = ['demo', `--ledger=${join(folder, 'ledger')}`, ...(values.quick ? ['--accounts=100'] : [])]
    // By prices that are told, as any version before can.
    const env = {
      NOVATION_SOURCES: '0',
      NOVATION_BENCH_USAGE: usage,
      NODE_OPTIONS: `--require=${join(root, 'benchmarks/demo/usage.js')}`,
    }
    await printed(checkout, join(checkout, 'apps/cli/src/main.ts'), args, env).then(() => undefined)
    const { user, system }: { readonly user: number; readonly system: number } = JSON.parse(readFileSync(usage, 'utf8'))
    return (user + system) / 1e6
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const demoRow = (figure: number, before: number | undefined): Row => ({
  id: 'demo',
  what: 'the demo by prices that are told, all services in one process, loading of the sources included',
  figure,
  unit: 's of CPU',
  ...(before === undefined
    ? {}
    : { baseline: { what: 'before', figure: before }, goal: { of: 'ratio', is: 'at least', value: 4 } }),
})

interface Report {
  readonly parts: readonly Part[]
}

/** What another benchmark found, as rows. */
const rowsOf = ({ parts }: Report, goals: Readonly<Record<string, Goal>> = {}): readonly Row[] =>
  parts.flatMap(({ title, rows }) =>
    rows.map((row): Row => {
      const base = rows.find(({ what }) => what === row.baseline)
      const goal = goals[`${title}: ${row.what}`]
      return {
        id: `${title}: ${row.what}`,
        what: `${title}: ${row.what}`,
        figure: row.figure,
        unit: row.unit,
        isRate: row.unit.includes('/s'),
        ...(base === undefined ? {} : { baseline: { what: base.what, figure: base.figure } }),
        ...(goal === undefined ? {} : { goal }),
      }
    }),
  )

const atLeast = (value: number): Goal => ({ of: 'ratio', is: 'at least', value })
const atMost = (value: number): Goal => ({ of: 'figure', is: 'at most', value })

const storeGoals = {
  'One durable command at a time: the store': atLeast(0.7),
  'Batches of 1,000 events: the store': atLeast(0.3),
}
const readyGoals = {
  'Ready after kill -9: from the newest snapshot': atMost(3),
  'Memory: an outcome': atMost(64),
  'Memory: an account with its positions': atMost(1_500),
}

/** Another benchmark of the project, in a process of its own. */
const another = async (
  name: string,
  args: readonly string[],
  goals: Readonly<Record<string, Goal>> = {},
): Promise<readonly Row[]> => {
  say(name)
  const file = join(root, 'benchmarks', name, 'run.ts')
  return rowsOf(JSON.parse(await printed(root, file, [...args, '--output=json'])), goals)
}

const machine = (): string => `${availableParallelism()} cores of ${cpus()[0]?.model}, Node ${process.version}`

const rounds = `--rounds=${values.quick ? 1 : 3}`
const ready = values.quick ? ['--events=20000', '--accounts=1000', '--behind=2000', '--rounds=1'] : []

const main = async (): Promise<void> => {
  const before = values.before === undefined ? undefined : resolve(values.before)
  const older = before === undefined ? [] : await coreRows(before, none)
  const olderDemo = before === undefined ? undefined : await demo_s(before)
  const rows = [
    ...(await coreRows(root, alone)),
    demoRow(await demo_s(root), olderDemo),
    ...(await another('store', [rounds], storeGoals)),
    ...(await another('ready', ready, readyGoals)),
    ...(await another('mesh', ['--only=ledger', rounds])),
    ...(values.mesh ? await another('mesh', ['--only=mesh', rounds]) : []),
  ]
  if (values.plots !== undefined) {
    mkdirSync(values.plots, { recursive: true })
    writeFileSync(join(values.plots, 'cost-by-accounts.svg'), costByAccounts(rows))
    writeFileSync(join(values.plots, 'cost-by-events.svg'), costByEvents(rows))
  }
  const output = values.json ? 'json' : values.output
  if (output === 'json') process.stdout.write(`${JSON.stringify({ machine: machine(), rows, before: older })}\n`)
  else process.stdout.write(`${machine()}\n\n${output === 'markdown' ? asMarkdown(rows, older) : asText(rows, older)}`)
}

void main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
