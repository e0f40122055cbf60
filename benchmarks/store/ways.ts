import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { process as decide, emptyPool } from '@novation/clearing'
import { encodeEvent, type Stored } from '@novation/events'
import { type EventStore, noStream, systemScheduler } from '@novation/platform'
import { houseOf } from '../mesh/house'
import type { Way } from '../mesh/ledger/turns'
import { loadOf } from '../mesh/load'

/** What every way writes, in so many events at a time; `a command` is what each command made. */
export type Groups = readonly (readonly Stored[])[]

/** So many events come of the load, one after another, as a ledger would write them. */
export const eventsOf = (commands: number): Groups => {
  const at = systemScheduler.now()
  const book = emptyPool('main')
  const decided = (all: Iterable<Parameters<typeof decide>[1]>): Stored[][] =>
    [...all].map((command) => {
      const outcome = decide(book, command, at)
      if (outcome.tag !== 'decided') throw new Error(`${command.id} was ${outcome.tag}`)
      return outcome.events.map(encodeEvent)
    })
  void decided(houseOf('main', 200, at))
  const groups = decided(loadOf('main', 'load', 200, commands, at))
  const first = groups[0]?.[0]?.revision ?? 0
  return groups.map((events) => events.map((event) => ({ ...event, revision: event.revision - first })))
}

export const inGroupsOf = (size: number, groups: Groups): Groups => {
  const events = groups.flat()
  return Array.from({ length: Math.ceil(events.length / size) }, (_, i) => events.slice(i * size, (i + 1) * size))
}

/** Milliseconds since some moment: on the wall, or of CPU, which a busy machine and a busy disk change least. */
export type Clock = () => number

const timed = async (clock: Clock, groups: Groups, work: () => Promise<unknown> | undefined) => {
  const began = clock()
  await work()
  return { commands: groups.length, events: groups.flat().length, ms: clock() - began }
}

/** The least that writing them durably can cost: a line an event, and `fdatasync` after each group. */
export const bareFile = (name: string, folder: string, groups: Groups, clock: Clock): Way => {
  const texts = groups.map((events) => events.map(({ body }) => `${body}\n`).join(''))
  const run: Way['run'] = (turn) =>
    timed(clock, groups, () => {
      const file = openSync(join(folder, `bare-${turn}.log`), 'w')
      for (const text of texts) {
        writeSync(file, text)
        fdatasyncSync(file)
      }
      closeSync(file)
    })
  return { name, run }
}

/** A store of its own for each turn: what lies in a file already slows nobody down. */
export const storeIn = (name: string, open: (turn: string) => EventStore, groups: Groups, clock: Clock): Way => {
  const run: Way['run'] = async (turn) => {
    const store = open(turn)
    const done = await timed(clock, groups, async () => {
      let revision = noStream
      for (const [first, ...rest] of groups) {
        if (first === undefined) continue
        const outcome = await store.append('ledger-main', [first, ...rest], revision)()
        if (outcome._tag === 'Left') throw new Error(`the store answered ${outcome.left.tag}`)
        revision = outcome.right
      }
    })
    await store.close()
    return done
  }
  return { name, run }
}
