import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Command } from '../commands'
import type { Unsealed } from '../compiled/codecs'
import { dissectEvent, scanEvent } from '../compiled/scan-event'
import { contentText, eventText } from '../compiled/write-event'
import { decodeCommand, decodeCommandByCodecs } from '../decode'
import { sha256 } from '../digest'
import { canonicalJson } from '../json'
import { readPublicForm } from '../public-form'
import { decodeByCodecs, decodeEvent, type Stored } from '../stored'

/**
 * What an event costs to read, to check and to write, beside JSON.parse, JSON.stringify and the codecs in the same run:
 * CPU, in turns, the best of seven. The events are those of an export, or the golden files.
 *
 *   novation export --ledger=DIR > events.jsonl
 *   npm run bench:events -- --events=events.jsonl
 */
const { values } = parseArgs({ options: { events: { type: 'string' } } })

const storedIn = (file: string): readonly Stored[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const stored = readPublicForm(JSON.parse(line))
      if (stored._tag === 'Left') throw new Error(stored.left)
      return stored.right
    })

const goldens = (): readonly Stored[] => {
  const folder = join(__dirname, '../../golden')
  const files = readdirSync(folder).filter((file) => /\.v\d+\.json$/.test(file))
  const all = files.map((file): Stored => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  return Array.from({ length: 300 }, () => all).flat()
}

const stored = values.events === undefined ? goldens() : storedIn(values.events)
const events = stored.map(({ body }): Unsealed => JSON.parse(body))
const commands = events.flatMap(({ metadata: { command } }): readonly Command[] =>
  command === undefined ? [] : [command],
)
const bytes = stored.reduce((sum, { body }) => sum + body.length, 0)

const each = <A>(items: readonly A[], work: (item: A) => unknown) => ({
  count: items.length,
  run: () => items.forEach(work),
})
/** A text that is not read is not put together either. */
const read = (text: string): number => text.charCodeAt(text.length >> 1)

const works = {
  'JSON.parse': each(stored, ({ body }) => JSON.parse(body)),
  'scan: value and every check': each(stored, ({ type, body }) => scanEvent(type, body)),
  'the same with the texts of the parts': each(stored, ({ type, body }) => dissectEvent(type, body)?.textOf('data')),
  decodeEvent: each(stored, (event) => decodeEvent(event)),
  'decodeEvent by the codecs': each(stored, (event) => decodeByCodecs(event)),
  'JSON.stringify': each(events, (event) => read(JSON.stringify(event))),
  write: each(events, (event) => read(eventText(event))),
  canonicalJson: each(events, (event) => read(canonicalJson(event))),
  'sha256 of it': each(stored, ({ body }) => sha256(body)),
  'a command checked at the door': each(commands, (command) => decodeCommand(command, 'venue')),
  'the same by the codecs': each(commands, (command) => decodeCommandByCodecs(command, 'venue')),
  'content of a command written': each(commands, (command) => read(contentText(command))),
}

const best = new Map<string, number>()
for (let round = 0; round < 7; round += 1)
  for (const [name, { count, run }] of Object.entries(works)) {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / count))
  }

console.log(`${stored.length.toLocaleString('en')} events of ${Math.round(bytes / stored.length)} characters`)
const base_us = best.get('JSON.parse') ?? Number.NaN
for (const [name, us] of best)
  console.log(
    `${name.padEnd(38)}${us.toFixed(2).padStart(7)} us   ${(base_us / us).toFixed(2).padStart(5)} x JSON.parse`,
  )
