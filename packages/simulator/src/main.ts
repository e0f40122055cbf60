#!/usr/bin/env node
import { systemScheduler } from '@novation/platform'
import { type Bug, bugNamed, bugs, bugTable, infested } from './bugs'
import { type Arguments, readArguments, usage } from './cli/arguments'
import { reportFailure, reproduce } from './cli/report-failure'
import { type Course, type Ended, runWorld } from './mesh/run-world'
import { reachTable } from './reach'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const progress = (line: string): void => void process.stderr.write(`${line}\n`)

const every_ms = 5_000

const rateOf = (done: number, took_ms: number): string => (took_ms === 0 ? '' : ((done * 1000) / took_ms).toFixed(1))

const courseOf = ({ faults, traits, keep, trace }: Arguments, planted: Bug | undefined, seed: number): Course => ({
  ...(planted === undefined ? { seed } : infested(planted, seed)),
  ...(faults === undefined ? {} : { faults }),
  ...(traits === undefined ? {} : { traits }),
  ...(keep === undefined ? {} : { keep }),
  ...(trace ? { trace: say } : {}),
})

/** A world that failed: in a line where there is more to come; else with the least that still fails, and its trace. */
const tell = async (course: Course, ended: Ended, { bug, all }: Arguments): Promise<void> => {
  const { finding } = ended
  if (!all) return reportFailure(course, ended, say, bug)
  say(`seed ${ended.seed} fails: ${finding?.check}: ${finding?.what} (${reproduce(course, bug)})`)
}

/** Runs the seeds one after the other, until one fails where not all are asked for; the exit code of the process. */
const runSeeds = async (args: Arguments): Promise<number> => {
  const { seeds, from, bug } = args
  const planted = bug === undefined ? undefined : bugNamed(bug)
  if (bug !== undefined && planted === undefined) {
    progress(`there is no bug ${bug}; there are: ${bugs.map(({ name }) => name).join(', ')}`)
    return 2
  }
  const began = systemScheduler.now()
  const reached = new Map<string, number>()
  let told = began
  let events = 0
  let failed = 0
  for (let done = 0; done < seeds; done += 1) {
    const course = courseOf(args, planted, from + done)
    const ended = await runWorld(course)
    events += ended.events
    for (const name of ended.reached.keys()) reached.set(name, (reached.get(name) ?? 0) + 1)
    if (ended.finding !== undefined) {
      failed += 1
      await tell(course, ended, args)
      if (!args.all) return 1
    }
    const now = systemScheduler.now()
    if (now - told >= every_ms) {
      told = now
      progress(
        `${done + 1}/${seeds} seeds, ${rateOf(done + 1, now - began)}/s, ${events} events, at seed ${ended.seed}`,
      )
    }
  }
  const took_ms = systemScheduler.now() - began
  if (args.reached) reachTable(reached, seeds, say)
  say(
    `${seeds} seeds from ${from}: ${failed === 0 ? 'nothing found' : `${failed} failed`}; ${events} events, ${(took_ms / 1000).toFixed(1)} s, ${rateOf(seeds, took_ms)}/s`,
  )
  return failed === 0 ? 0 : 1
}

const main = async (): Promise<void> => {
  const read = readArguments(process.argv.slice(2))
  if (read._tag === 'Left') {
    progress(`${read.left}\n${usage}`)
    process.exitCode = 2
    return
  }
  process.exitCode = read.right.bugs ? await bugTable(say) : await runSeeds(read.right)
}

void main()
