import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson, type Stored } from '@novation/events'
import * as fc from 'fast-check'
import { sampleEvent } from '../contract/sample-events'
import { fromEventStoreDb, toEventStoreDb } from './form'

/** As the wire carries it: the bytes of the JSON. */
const sent = (value: unknown): unknown => JSON.parse(Buffer.from(JSON.stringify(value)).toString())

/** Keys that look like array indexes are sorted by JavaScript itself: no event has them. */
const key = fc.string({ unit: 'binary' }).filter((text) => !/^(0|[1-9]\d*)$/.test(text))
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('fields'),
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  fields: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}))

const eventOf = (fields: object, metadata: object) => {
  const body = canonicalJson({ ...fields, metadata, type: 'PriceTick' })
  return { ...sampleEvent(undefined), type: 'PriceTick', body }
}

/** Each event that a ledger writes, as it has always been written. */
const golden = join(__dirname, '../../../../events/golden')
const written = readdirSync(golden)
  .filter((file) => /\.v\d+\.json$/.test(file))
  .map((file) => [file, JSON.parse(readFileSync(join(golden, file), 'utf8')) as Stored] as const)

describe('an event in EventStoreDB', () => {
  it.each(written)('gives its body back to the byte: %s', (_, event) => {
    const { type, data, metadata } = toEventStoreDb(event)
    const read = fromEventStoreDb('ledger-main:0', type, sent(data), sent(metadata))
    expect(read).toEqual({ hash: event.hash, body: event.body })
    expect(JSON.stringify(data)).toBe(JSON.stringify(sent(data)))
  })

  it('gives its body back to the byte, whatever is in it', () =>
    fc.assert(
      fc.property(json.fields, json.fields, (data, { hash: _, ...metadata }: Record<string, unknown>) => {
        const event = eventOf(
          { at: '2020-03-12T10:00:00.000Z', data, pool: 'main', postings: [], revision: 0 },
          metadata,
        )
        const stored = toEventStoreDb(event)
        const read = fromEventStoreDb('ledger-main:0', stored.type, sent(stored.data), sent(stored.metadata))
        expect(read).toEqual({ hash: event.hash, body: event.body })
      }),
    ))

  it('has its data and postings to be read there, and its hash with the metadata', () => {
    const event = sampleEvent(undefined)
    const { id, type, data, metadata } = toEventStoreDb(event)
    expect({ id, type }).toEqual({ id: event.id, type: event.type })
    expect(Object.keys(data)).toEqual(['at', 'data', 'pool', 'postings', 'revision'])
    expect(metadata).toMatchObject({ actor: 'venue', hash: event.hash })
  })

  it.each([
    ['keys out of order', { ...sampleEvent(undefined), body: '{"metadata":{},"data":{},"type":"PriceTick"}' }],
    ['white space', { ...sampleEvent(undefined), body: '{"data": {},"metadata":{},"type":"CollateralDeposited"}' }],
    ['another type', { ...sampleEvent(undefined), type: 'Liquidated' }],
    ['no metadata', { ...sampleEvent(undefined), body: '{"data":{},"type":"CollateralDeposited"}' }],
    ['keys that JavaScript sorts itself', eventOf({ data: { 10: 'a', 9: 'b' } }, {})],
  ])('is refused with %s, which could not be given back', (_, event) =>
    expect(() => toEventStoreDb(event)).toThrow('not the canonical JSON'),
  )
})
