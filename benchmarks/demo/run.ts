import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemScheduler } from '@novation/platform'
import { bodiesOf, parseAll, writeAll } from './baselines'
import { timeByPart } from './parts'

/**
 * How fast the whole embedded mesh is: the demo in a process of its own, once for its time and once for where the time
 * goes, against the least that the same events can cost in the same run.
 *
 *   npm run bench:demo -- [--accounts=N] [--seed=S]
 */
const root = join(__dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'novation-bench-'))

interface Run {
  readonly wall_ms: number
  readonly cpu_ms: number
  readonly commands: number
}

const demo = (name: string, nodeFlags: readonly string[]): Run => {
  const usage = join(folder, `${name}.json`)
  const began = systemScheduler.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...nodeFlags,
      `--require=${join(__dirname, 'usage.js')}`,
      join(root, 'apps/cli/bin/novation.js'),
      'demo',
      `--ledger=${join(folder, name)}`,
      ...process.argv.slice(2),
    ],
    { encoding: 'utf8', env: { NOVATION_SOURCES: '0', ...process.env, NOVATION_BENCH_USAGE: usage } },
  )
  if (status !== 0) throw new Error(`the demo ended with ${status}:\n${stderr}`)
  const { user, system }: { user: number; system: number } = JSON.parse(readFileSync(usage, 'utf8'))
  const commands = /([\d,]+) commands in/.exec(stderr)?.[1]?.replaceAll(',', '')
  return { wall_ms: systemScheduler.now() - began, cpu_ms: (user + system) / 1000, commands: Number(commands) }
}

/** Milliseconds of wall and of CPU that something takes, the median of five. */
const timed = (work: () => void): { readonly wall_ms: number; readonly cpu_ms: number } => {
  const runs = Array.from({ length: 5 }, () => {
    const began = systemScheduler.now()
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return { wall_ms: systemScheduler.now() - began, cpu_ms: (user + system) / 1000 }
  })
  return runs.sort((a, b) => a.cpu_ms - b.cpu_ms)[2] ?? { wall_ms: 0, cpu_ms: 0 }
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const each_us = (ms: number, count: number): string => `${((ms * 1000) / count).toFixed(1)} us`
const perSecond = (count: number, ms: number): string => Math.round((count * 1000) / ms).toLocaleString('en')

const main = async (): Promise<void> => {
  const run = demo('timed', [])
  const bodies = await bodiesOf(join(folder, 'timed'))
  const count = bodies.length
  const decided = bodies.filter((body) => body.includes('"command":{')).length
  print(`The whole embedded mesh: novation demo ${process.argv.slice(2).join(' ')}`)
  print(`  ${run.commands} commands from outside, ${decided} decided in all, ${count} events`)
  print(`  wall ${(run.wall_ms / 1000).toFixed(1)} s, CPU ${(run.cpu_ms / 1000).toFixed(1)} s`)
  print(`  commands decided a second: ${perSecond(decided, run.wall_ms)} (of CPU: ${perSecond(decided, run.cpu_ms)})`)
  print(`  events a second:           ${perSecond(count, run.wall_ms)} (of CPU: ${perSecond(count, run.cpu_ms)})`)

  const parse = timed(() => parseAll(bodies))
  const write = timed(() => writeAll(folder, bodies, 1000))
  print('Against the least the same events can cost, in the same run:')
  print(
    `  bare JSON.parse                          ${each_us(parse.cpu_ms, count)} an event: the mesh takes ${(run.cpu_ms / parse.cpu_ms).toFixed(0)} times that CPU`,
  )
  print(
    `  bare write and fdatasync, 1,000 a sync   ${each_us(write.wall_ms, count)} an event: the mesh takes ${(run.wall_ms / write.wall_ms).toFixed(0)} times that time`,
  )

  void demo('profiled', ['--cpu-prof', `--cpu-prof-dir=${join(folder, 'profile')}`])
  const [profile = ''] = readdirSync(join(folder, 'profile'))
  const parts = timeByPart(join(folder, 'profile', profile)).filter(([part]) => part !== 'idle')
  const total = parts.reduce((sum, [, ms]) => sum + ms, 0)
  print('Where the time goes (each sample counts for the innermost part it is in):')
  for (const [part, ms] of parts) print(`  ${((ms / total) * 100).toFixed(1).padStart(5)} %  ${part}`)
}

void main().finally(() => rmSync(folder, { recursive: true, force: true }))
