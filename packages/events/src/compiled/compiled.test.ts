import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { type Command, commandData } from '../commands'
import { decodeCommandByCodecs } from '../decode'
import type { EventType } from '../event-data'
import { open } from '../fields'
import { canonicalJson } from '../json'
import { fuzzLines } from '../kit/fuzz'
import { decodeByCodecs, decodeEvent, type Stored } from '../stored'
import { Count, Id } from '../text'
import { currentVersion } from '../upcast'
import { checkerOf } from './checker'
import { sentCommandCodec } from './codecs'
import { scanEvent } from './scan-event'
import { scannerOf } from './scanner'
import { commandText, contentText, eventText } from './write-event'

const golden = join(__dirname, '../../golden')
const filesIn = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'digests.json')
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')])

const isCanonical = (text: string): boolean => {
  try {
    return canonicalJson(JSON.parse(text)) === text
  } catch {
    return false
  }
}

const allEvents = filesIn(golden).map(([file, text]) => [file, JSON.parse(text) as Stored] as const)
const isOfToday = ({ type, body }: Stored): boolean =>
  (JSON.parse(body) as { metadata: { version: number } }).metadata.version === currentVersion(type as EventType)
/** What is written today; older versions are read by the codecs. */
const events = allEvents.filter(([, stored]) => isOfToday(stored))
const older = allEvents.filter(([, stored]) => !isOfToday(stored))
const commands = filesIn(join(golden, 'commands')).map(([file, text]) => [file, JSON.parse(text) as Command] as const)

describe.each(older)('the golden event %s, of an older version', (_, stored) => {
  it('is read as the codecs read it', () => expect(decodeEvent(stored)).toStrictEqual(decodeByCodecs(stored)))
})

describe.each(events)('the golden event %s', (_, stored) => {
  it('is scanned, to the very value that JSON.parse gives', () => {
    expect(scanEvent(stored.type, stored.body)).toStrictEqual(JSON.parse(stored.body))
    expect(JSON.stringify(scanEvent(stored.type, stored.body))).toBe(stored.body)
    expect(decodeEvent(stored)).toStrictEqual(decodeByCodecs(stored))
  })

  it('is written as it stands', () => expect(eventText(JSON.parse(stored.body))).toBe(stored.body))

  it('holds the very text of its command', () => {
    const event = decodeEvent(stored)
    const { command } = event._tag === 'Right' ? event.right.metadata : { command: undefined }
    if (command === undefined) return
    expect(commandText(command)).toBe(canonicalJson(command))
    expect(contentText(command)).toBe(contentText({ ...command }))
  })

  it('is not scanned with anything else in it, and is read all the same', () => {
    const { type, body } = stored
    for (const odd of [`${body} `, body.replace(':', ': '), body.replace('{"at"', '{"aa":1,"at"')]) {
      expect(scanEvent(type, odd)).toBeUndefined()
      expect(decodeEvent({ ...stored, body: odd })).toStrictEqual(decodeEvent(stored))
    }
  })
})

describe.each(commands)('the golden command %s', (_, command) => {
  it('passes the door as it stands', () => {
    expect(checkerOf(sentCommandCodec(command.type))(command)).toBe(true)
    expect(decodeCommandByCodecs(command, 'nobody')).toEqual(right(command))
  })

  it('is written in canonical form, its content without its own time', () => {
    expect(commandText(command)).toBe(canonicalJson(command))
    const { at: _, ...content } = command
    expect(contentText(command)).toBe(canonicalJson(content))
  })

  it('stops at the door with a field that nobody knows', () =>
    expect(checkerOf(sentCommandCodec(command.type))({ ...command, zeal: '1' })).toBe(false))
})

describe('what is made of the codecs', () => {
  it('takes, gives and refuses what they do, on lines that are spoilt in every way', () => {
    const { difference, sound } = fuzzLines(2_500, 7)
    expect(difference).toBeUndefined()
    expect(sound).toBeGreaterThan(500)
  })

  it.each([
    [
      'a reader that takes more',
      { decodeEvent: (stored: Stored) => decodeByCodecs({ ...stored, body: stored.body.trim() }) },
    ],
    [
      'a reader that refuses more',
      { decodeEvent: (stored: Stored) => (stored.body.includes('é') ? left('é') : decodeByCodecs(stored)) },
    ],
    ['a writer in an order of its own', { eventText: JSON.stringify }],
    ['a door that is not closed', { decodeCommand: (json: unknown) => right(json as Command) }],
  ])('would be caught with %s', (_, wrong) => expect(fuzzLines(10_000, 7, wrong).difference).toBeDefined())

  it('wants a comma between two fields that may be left out, and nowhere else', () => {
    const codec = open('Sparse', {}, { a: Id, b: Count, c: open('Inside', {}, { x: Id }), d: t.boolean, e: Id })
    const { scan } = scannerOf(codec)
    const fields = ['"a":"1"', '"b":2', '"c":{}', '"c":{"x":"1"}', '"d":true', '"e":"1"']
    const pairs = fields.flatMap((one, i) => fields.slice(i).map((other) => [one, other] as const))
    const texts = pairs.flatMap(([one, other]) =>
      [`${one},${other}`, `${one}${other}`, `,${one}`, `${one},`, one, ''].map((inside) => `{${inside}}`),
    )
    for (const text of texts) {
      const read = scan(text)
      if (read !== undefined) expect([text, read]).toStrictEqual([text, JSON.parse(text)])
      if (isCanonical(text)) expect([text, read]).toStrictEqual([text, JSON.parse(text)])
    }
  })

  it('reads a list longer than is scanned', () => {
    const [, stored] = events.find(([file]) => file.startsWith('TradeCleared')) ?? []
    if (stored === undefined) throw new Error('no such golden file')
    const posting = '{"account":"trader/a","amount":"1","asset":"USD"}'
    for (const length of [2_000, 9_000]) {
      const body = stored.body.replace(/"postings":\[.*\]/, `"postings":[${Array(length).fill(posting).join(',')}]`)
      const event = decodeEvent({ ...stored, body })
      expect(event).toStrictEqual(decodeByCodecs({ ...stored, body }))
      expect(event).toMatchObject({ right: { postings: { length } } })
    }
  })

  it('knows every command at the door', () =>
    expect(commands.map(([, { type }]) => type).sort()).toEqual(Object.keys(commandData).sort()))
})

describe('a name that somebody keeps', () => {
  it('does not keep the event it was read in', () => {
    setFlagsFromString('--expose-gc')
    const collect: () => void = runInNewContext('gc')
    const [, opened] = events.find(([file]) => file.startsWith('CollateralDeposited')) ?? []
    if (opened === undefined) throw new Error('no such golden file')
    const posting = '{"account":"trader/a","amount":"1","asset":"USD"}'
    const postings = `"postings":[${Array(1_000).fill(posting).join(',')}]`
    const kept: unknown[] = []
    collect()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 400; i += 1) {
      const account = `an-account-of-a-long-name-${i}`
      const body = opened.body
        .replace(/"data":\{"account":"[^"]*"/, `"data":{"account":"${account}"`)
        .replace(/"postings":\[.*\]/, postings)
      const event = decodeEvent({ ...opened, body })
      if (event._tag === 'Right' && event.right.type === 'CollateralDeposited') kept.push(event.right.data.account)
    }
    collect()
    // 400 texts of 50,000 characters are 20 MB.
    expect(kept).toHaveLength(400)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(5e6)
  })
})
