import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { left } from 'fp-ts/Either'
import { anyCommand, anyEvent } from '../arbitraries'
import { commandText, eventText } from '../compiled/write-event'
import { decodeCommand, decodeCommandByCodecs } from '../decode'
import { canonicalJson } from '../json'
import { publicForm, readPublicForm } from '../public-form'
import { decodePublicText, notJson, published, readPublicText } from '../public-text'
import { decodeByCodecs, decodeEvent, type Stored, sealEvent } from '../stored'
import { mutated } from './mutate'
import { type Random, randomOf } from './random'

const golden = join(__dirname, '../../golden')
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'digests.json')
    .map((file) => readFileSync(join(folder, file), 'utf8'))

/** Sound lines to spoil: every golden file, and as many of what the codecs take. */
const soundLines = (seed: number) => ({
  events: [
    ...filesIn(golden).map((text): Stored => JSON.parse(text)),
    ...fc.sample(anyEvent, { seed, numRuns: 300 }).map((unsealed) => sealEvent(unsealed).stored),
  ],
  commands: [
    ...filesIn(join(golden, 'commands')),
    ...fc.sample(anyCommand, { seed, numRuns: 100 }).map((command) => JSON.stringify(command)),
  ],
})

const same = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(one, other) && JSON.stringify(one) === JSON.stringify(other)

const written = (write: () => string): string => {
  try {
    return write()
  } catch (error) {
    return String(error)
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The public form as text, which is put together from pieces, against the form itself. */
const journeyDifference = (stored: Stored): string | undefined => {
  const [ours, theirs] = [written(() => published(stored).text), written(() => JSON.stringify(publicForm(stored)))]
  return ours === theirs ? undefined : `published ${ours}, by its form ${theirs}`
}

/** What is made of the codecs. */
const made = { decodeEvent, decodeCommand, eventText, commandText }

/** The scanner, on a stored event; and the writer, on whatever value it is. */
const eventDifference = ({ decodeEvent, eventText }: typeof made, stored: Stored): string | undefined => {
  const [ours, theirs] = [decodeEvent(stored), decodeByCodecs(stored)]
  if (!same(ours, theirs)) return `read ${JSON.stringify(ours)}, by the codecs ${JSON.stringify(theirs)}`
  const publicDifference = journeyDifference(stored)
  if (publicDifference !== undefined) return publicDifference
  const json = parsed(stored.body) as Parameters<typeof eventText>[0]
  if (typeof json !== 'object' || json === null || typeof json.metadata !== 'object' || json.metadata === null)
    return undefined
  const [text, canonical] = [written(() => eventText(json)), written(() => canonicalJson(json))]
  return text === canonical ? undefined : `written ${text}, canonical ${canonical}`
}

/** A line of an export or of the bus. */
const lineDifference = (line: string): string | undefined => {
  const json = parsed(line)
  const ours = [readPublicText(line), decodePublicText(line)]
  const stored = json === undefined ? left(notJson) : readPublicForm(json)
  const theirs = [stored, stored._tag === 'Left' ? stored : decodeByCodecs(stored.right)]
  return isDeepStrictEqual(ours, theirs)
    ? undefined
    : `put together ${JSON.stringify(ours)}, by its form ${JSON.stringify(theirs)}`
}

/** The checker of the door, and the writer. */
const commandDifference = ({ decodeCommand, commandText }: typeof made, text: string): string | undefined => {
  const json = parsed(text)
  const [ours, theirs] = [decodeCommand(json, 'venue'), decodeCommandByCodecs(json, 'venue')]
  if (!isDeepStrictEqual(ours, theirs))
    return `checked ${JSON.stringify(ours)}, by the codecs ${JSON.stringify(theirs)}`
  if (ours._tag === 'Left' || commandText(ours.right) === canonicalJson(ours.right)) return undefined
  return `written ${commandText(ours.right)}, canonical ${canonicalJson(ours.right)}`
}

export interface Found {
  /** The first line that is not read, checked or written as the codecs and `canonicalJson` do it. */
  readonly difference?: string
  /** How many of the lines were sound all the same. */
  readonly sound: number
}

const spoilt = (stored: Stored, random: Random): Stored => {
  const body = mutated(stored.body, random)
  if (random.below(20) > 0) return { ...stored, body }
  return { ...stored, body, ...random.oneOf([{ type: 'TimePassed' }, { revision: 7 }, { type: 'constructor' }]) }
}

/** Spoils so many lines, which follow from the seed, and compares; `subject` for what is to be wrong. */
export const fuzzLines = (lines: number, seed: number, subject: Partial<typeof made> = {}): Found => {
  const tried = { ...made, ...subject }
  const random = randomOf(seed)
  const { events, commands } = soundLines(seed)
  let sound = 0
  for (let i = 0; i < lines; i += 1) {
    const what = random.below(8)
    const event = random.oneOf(events)
    const stored = spoilt(event, random)
    const text = mutated(what < 2 ? random.oneOf(commands) : published(event).text, random)
    const difference =
      what < 2 ? commandDifference(tried, text) : what === 2 ? lineDifference(text) : eventDifference(tried, stored)
    if (difference !== undefined)
      return { difference: `${what <= 2 ? text : JSON.stringify(stored)}: ${difference}`, sound }
    if (what > 2 && decodeEvent(stored)._tag === 'Right') sound += 1
  }
  return { sound }
}
