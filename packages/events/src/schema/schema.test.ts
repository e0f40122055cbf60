import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import fc from 'fast-check'
import * as t from 'io-ts'
import { anyJson, arbitraryOf, nearlyOf } from '../arbitraries'
import { wholeNumber } from '../reading'
import { Places } from '../text'
import { asyncApi } from './async-api'
import { commandCodec, commandTypes, eventCodec, eventTypes } from './documents'
import { schemaFiles } from './files'
import { schemaOf } from './schema-of'

const folder = join(__dirname, '../../schema')
const onDisk = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
const files = schemaFiles()

describe('the schema files', () => {
  it('are what the codecs say today; if not, run npm run generate', () => {
    const stale = [...files].filter(
      ([file, text]) => !onDisk.includes(file) || readFileSync(join(folder, file), 'utf8') !== text,
    )
    expect(stale.map(([file]) => file)).toEqual([])
  })

  it('are those of today and of former event versions, no others', () => {
    const former = /^events\/(\w+)\.v\d+\.json$/
    const types: readonly string[] = eventTypes
    const strange = onDisk.filter((file) => !files.has(file) && !types.includes(former.exec(file)?.[1] ?? ''))
    expect(strange).toEqual([])
  })
})

describe.each([
  ...commandTypes.map((type) => [type, commandCodec(type)] as const),
  ...eventTypes.map((type) => [type, eventCodec(type)] as const),
])('the schema of %s', (_, codec) => {
  const validate = new Ajv2020({ strict: true }).compile(schemaOf(codec))

  it('takes what the codec takes', () =>
    fc.assert(
      fc.property(arbitraryOf(codec), (value) => validate(value)),
      { numRuns: 10 },
    ))

  it('refuses what the codec refuses', () =>
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: nearlyOf(codec) }, anyJson), (value) => {
        expect(validate(value)).toBe(codec.is(value))
      }),
      { numRuns: 60 },
    ))
})

describe('a schema', () => {
  it('has the bounds of a whole number, both allowed', () =>
    expect(schemaOf(Places).$defs).toEqual({ Places: { type: 'integer', minimum: 0, maximum: 18 } }))

  it('is not made up for a codec it cannot say', () =>
    expect(() => schemaOf(t.tuple([t.string, t.number]))).toThrow('no JSON Schema for the codec [string, number]'))

  it('of a text that is read is the form the text has', () =>
    expect(schemaOf(t.readonlyArray(wholeNumber(1, 9)))).toMatchObject({
      items: { type: 'integer', minimum: 1, maximum: 9 },
    }))
})

describe('the AsyncAPI document', () => {
  const document = asyncApi()
  const at = (pointer: string): unknown =>
    pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document)

  it('points at nothing that is not there', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer]) => pointer ?? '')
    expect(refs.length).toBeGreaterThan(100)
    expect(refs.filter((pointer) => at(pointer) === undefined)).toEqual([])
  })

  it('carries every command and every event on its topic', () => {
    expect(Object.keys(at('/channels/commands/messages') as object)).toEqual(commandTypes)
    expect(Object.keys(at('/channels/events/messages') as object)).toEqual(eventTypes)
    expect(at('/channels/events/address')).toBe('novation.events')
  })

  it('says the same of a message as its own schema does', () => {
    const ajv = new Ajv2020({ strict: false })
    ajv.addSchema(document, 'asyncapi')
    for (const [types, codecOf] of [
      [commandTypes, commandCodec],
      [eventTypes, eventCodec],
    ] as const) {
      for (const type of types) {
        const codec = (codecOf as (type: string) => t.Mixed)(type)
        const validate = ajv.compile({ $ref: `asyncapi#/components/messages/${type}/payload` })
        fc.assert(
          fc.property(nearlyOf(codec), (value) => validate(value) === codec.is(value)),
          { numRuns: 10 },
        )
      }
    }
  })
})
