#!/usr/bin/env node
import { systemScheduler } from '@novation/platform'
import { bugNamed, bugs, bugTable } from './bugs'
import { type Arguments, readArguments, usage } from './cli/arguments'
import { reportFailure } from './cli/report-failure'
import { type Course, runWorld } from './mesh/run-world'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const progress = (line: string): void => void process.stderr.write(`${line}\n`)

const every_ms = 5_000

const rateOf = (done: number, took_ms: number): string => (took_ms === 0 ? '' : ((done * 1000) / took_ms).toFixed(1))

/** Runs the seeds one after the other until one fails; the exit code of the process. */
const runSeeds = async ({ seeds, from, faults, keep, bug, trace, ...given }: Arguments): Promise<number> => {
  const planted = bug === undefined ? undefined : bugNamed(bug)
  if (bug !== undefined && planted === undefined) {
    progress(`there is no bug ${bug}; there are: ${bugs.map(({ name }) => name).join(', ')}`)
    return 2
  }
  const traits = given.traits ?? planted?.traits
  const began = systemScheduler.now()
  let told = began
  let events = 0
  for (let done = 0; done < seeds; done += 1) {
    const course: Course = {
      seed: from + done,
      ...(faults === undefined ? {} : { faults }),
      ...(traits === undefined ? {} : { traits }),
      ...(keep === undefined ? {} : { keep }),
      ...(planted === undefined ? {} : { parts: planted.parts, again: planted.again }),
      ...(trace ? { trace: say } : {}),
    }
    const ended = await runWorld(course)
    events += ended.events
    if (ended.finding !== undefined) {
      await reportFailure(course, ended, say, bug)
      return 1
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
  say(
    `${seeds} seeds from ${from}: nothing found; ${events} events, ${(took_ms / 1000).toFixed(1)} s, ${rateOf(seeds, took_ms)}/s`,
  )
  return 0
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
