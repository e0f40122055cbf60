import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import { decodeCommand, parseCommand } from '../decode'
import { sha256 } from '../digest'
import { isEventType } from '../event-data'
import type { Posting } from '../events'
import { canonicalJson } from '../json'
import { commandTypes, eventTypes } from '../schema/documents'
import { decodeEvent, encodeEvent, eventIdOf, linkHash, type Stored } from '../stored'
import { commandOfToday, currentVersion } from '../upcast'

const room = join(__dirname, '../..')
const read = (...path: readonly string[]): string => readFileSync(join(room, ...path), 'utf8')
const json = (...path: readonly string[]) => JSON.parse(read(...path))

const digests: Readonly<Record<string, string>> = json('golden/digests.json')
const goldens = readdirSync(join(room, 'golden'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json') && file !== 'digests.json')
  .sort()

const versions = eventTypes.flatMap((type) =>
  Array.from({ length: currentVersion(type) }, (_, n) => [`${type}.v${n + 1}`, type, n + 1] as const),
)

/** Decimals of at most 18 places, added as whole numbers of the smallest one. */
const sum = (amounts: readonly string[]): bigint =>
  amounts.reduce((total, amount) => {
    const [whole = '', places = ''] = amount.replace('-', '').split('.')
    const scaled = BigInt(whole + places.padEnd(18, '0'))
    return amount.startsWith('-') ? total - scaled : total + scaled
  }, 0n)

describe('the golden files', () => {
  it('are one for each event version and each command; for a new one, add a sample and run npm run generate', () => {
    const needed = [...versions.map(([name]) => `${name}.json`), ...commandTypes.map((type) => `commands/${type}.json`)]
    expect(needed.filter((file) => !goldens.includes(file))).toEqual([])
    expect(goldens.filter((file) => !needed.includes(file))).toEqual([])
  })

  it('never change: a schema that no longer reads or writes one needs a new version and an upcaster', () => {
    expect(Object.keys(digests)).toEqual(goldens)
    expect(goldens.filter((file) => sha256(read('golden', file)) !== digests[file])).toEqual([])
  })
})

describe.each(versions)('%s', (name, type, version) => {
  const stored: Stored = json('golden', `${name}.json`)
  const decoded = decodeEvent(stored)
  const event = decoded._tag === 'Right' ? decoded.right : undefined

  it('is understood', () => {
    expect(decoded).toMatchObject({ _tag: 'Right', right: { type, metadata: { version } } })
    expect(isEventType(stored.type)).toBe(true)
  })

  it('has the hash and the id of its body', () => {
    expect(linkHash(JSON.parse(stored.body).metadata.previousHash, stored.body)).toBe(stored.hash)
    expect(eventIdOf(stored.hash)).toBe(stored.id)
    expect(canonicalJson(JSON.parse(stored.body))).toBe(stored.body)
  })

  if (version === currentVersion(type))
    it('is written again with the same bytes', () => expect(event && encodeEvent(event)).toEqual(stored))

  it('is valid by its JSON Schema', () => {
    const { metadata, ...body } = JSON.parse(stored.body)
    const validate = new Ajv2020({ strict: true }).compile(json('schema/events', `${name}.json`))
    expect([
      validate({ id: stored.id, ...body, metadata: { ...metadata, hash: stored.hash } }),
      validate.errors,
    ]).toEqual([true, null])
  })

  it('moves value without making any', () => {
    const postings: readonly Posting[] = event?.postings ?? []
    for (const asset of new Set(postings.map((posting) => posting.asset)))
      expect([asset, sum(postings.filter((posting) => posting.asset === asset).map(({ amount }) => amount))]).toEqual([
        asset,
        0n,
      ])
  })

  it('carries a command that can be decided again, if it is the first of one', () => {
    const { command, events, actor, commandId } = event?.metadata ?? {}
    expect(command === undefined).toBe(events === undefined)
    if (command !== undefined && actor !== undefined)
      expect(decodeCommand(commandOfToday(command), actor)).toMatchObject({ right: { id: commandId, actor } })
  })
})

describe.each([...commandTypes])('the command %s', (type) => {
  const text = existsSync(join(room, 'golden/commands', `${type}.json`)) ? read('golden/commands', `${type}.json`) : ''

  it('is understood, and means what it says', () =>
    expect(parseCommand(text, 'operator')).toEqual({ _tag: 'Right', right: JSON.parse(text) }))

  it('is valid by its JSON Schema', () =>
    expect(new Ajv2020({ strict: true }).compile(json('schema/commands', `${type}.json`))(JSON.parse(text))).toBe(true))
})
