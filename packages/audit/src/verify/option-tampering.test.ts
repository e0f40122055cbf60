import type { EventType, Stored } from '@novation/events'
import { expiring } from '../test-expiry'
import { runLines, storedOf } from '../test-world'
import { altering, decided, renumbered, resealed, saidBy } from './test-tampering'
import { verify } from './verify'

const ledger = storedOf(runLines(expiring))
const { data, envelope, metadata, without } = altering(ledger)

/** Where the last event of this type stands. */
const last = (type: EventType): number => ledger.findLastIndex((event) => event.type === type)
const first = (type: EventType): number => ledger.findIndex((event) => event.type === type)

type Entries = readonly Readonly<Record<string, unknown>>[]
const entriesOf = (revision: number, field: string): Entries =>
  saidBy(ledger[revision] as Stored).data[field] as Entries
const withEntry = (revision: number, field: string, more: object) =>
  data(revision, { [field]: entriesOf(revision, field).map((entry, i) => (i === 0 ? { ...entry, ...more } : entry)) })
const withoutEntry = (revision: number, field: string) =>
  data(revision, { [field]: entriesOf(revision, field).slice(1) })

const at = {
  model: last('RiskModelSet'),
  forward: first('ForwardTick'),
  surface: first('VolatilityTick'),
  variation: last('VariationSettled'),
  call: last('MarginCall'),
  start: last('LiquidationStarted'),
  fill: last('Liquidated'),
  fixed: last('ExpiryFixed'),
  settled: last('ExpirySettled'),
}
const listed = ledger.findIndex((event) => event.type === 'InstrumentListed' && event.body.includes('"option"'))
const opened = ledger.findIndex((event) => event.body.includes('"margin":"portfolio"'))
const model = saidBy(ledger[at.model] as Stored).data.model as object

/** What was done, and every check that breaks with the revision where it does, at each depth: as in the table of a ledger without options. */
const tamperings: readonly (readonly [string, readonly Stored[], string, string, string])[] = [
  [
    'a model that asks for less',
    data(at.model, { model: { ...model, basis: { up: '1', down: '1', add: '0', multiply: '0' } } }),
    ...decided(at.model),
  ],
  ['a forward', data(at.forward, { price: '1001' }), ...decided(at.forward)],
  ['the index that a forward was of', data(at.forward, { index: '999' }), ...decided(at.forward)],
  ['when a forward was seen', data(at.forward, { observedAt: '2020-03-12T10:01:39.000Z' }), ...decided(at.forward)],
  ['a surface', data(at.surface, { points: [{ strike: '1000', volatility: '0.9' }] }), ...decided(at.surface)],
  ['a surface missing', renumbered(without(at.surface)), 'fold@40 execution@38', 'fold@40', '-'],
  ['a strike', data(listed, { strike: '1001' }), ...decided(listed)],
  ['a call that is a put', data(listed, { optionType: 'put' }), ...decided(listed)],
  ['a portfolio that is none', data(opened, { margin: 'cross' }), ...decided(opened)],
  ['what a position came to', withEntry(at.variation, 'positions', { amount: '2' }), ...decided(at.variation)],
  ['a position that came to nothing', withoutEntry(at.variation, 'positions'), ...decided(at.variation)],
  ['cash that nobody was paid', envelope(at.variation, { postings: [] }), 'fold@70 execution@48', 'fold@70', '-'],
  ['the row that binds', withEntry(at.call, 'binding', { row: '0.84 up' }), ...decided(at.call)],
  ['an input of what was asked', withEntry(at.call, 'inputs', { revision: 1 }), ...decided(at.call)],
  ['what an option required', withEntry(at.start, 'positions', { maintenanceMargin: '1' }), ...decided(at.start)],
  ['the mark of an option that was put up', withEntry(at.start, 'positions', { mark: '179' }), ...decided(at.start)],
  ['how many options were taken', withEntry(at.fill, 'closed', { quantity: '2' }), ...decided(at.fill)],
  ['what the account keeps of its worth', data(at.fill, { keptShare: '0.5' }), ...decided(at.fill)],
  ['what an option was taken at', withEntry(at.fill, 'closed', { price: '179' }), ...decided(at.fill)],
  ['the price of an expiry', data(at.fixed, { price: '1190' }), ...decided(at.fixed)],
  ['the price of an expiry missing', renumbered(without(at.fixed)), 'command@67 execution@67', 'command@67', '-'],
  ['the price that an expiry was settled at', data(at.settled, { price: '1190' }), ...decided(at.settled)],
  ['a holder who was not settled', withoutEntry(at.settled, 'positions'), ...decided(at.settled)],
  ['what a holder was paid', withEntry(at.settled, 'positions', { realised: '701' }), ...decided(at.settled)],
  [
    'a settlement without its command',
    metadata(at.settled, { command: undefined }),
    'command@70 execution@70',
    'command@70',
    '-',
  ],
]

const found = async (history: readonly Stored[], depth: 'everything' | 'fold' | 'chain'): Promise<string> => {
  const { checks } = await verify(history, { pool: 'main', depth })
  return (
    checks.flatMap(({ check, outcome, at: where }) => (outcome === 'broken' ? [`${check}@${where}`] : [])).join(' ') ||
    '-'
  )
}

describe('of a ledger with options, what is tampered with', () => {
  it.each(tamperings)('%s', async (_, history, ...expected) => {
    expect([await found(history, 'everything'), await found(history, 'fold'), await found(history, 'chain')]).toEqual(
      expected,
    )
  })
})

/** The places of a value, each as the names that lead to it. */
const placesIn = (value: unknown, so: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inside]) => placesIn(inside, [...so, name]))
    : [so]

const otherwise = (value: unknown): unknown =>
  typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value}1`

const changedAt = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
  if (name === undefined) return otherwise(value)
  if (Array.isArray(value)) return value.map((each, i) => (String(i) === name ? changedAt(each, rest) : each))
  const fields = value as Readonly<Record<string, unknown>>
  return { ...fields, [name]: changedAt(fields[name], rest) }
}

/** Where options begin: what came before is tampered with in a ledger that has none. */
const begun = ledger.findIndex((event) => event.type === 'RiskModelSet')

it('nothing that an event with options in it says can be changed unseen', async () => {
  const seen = new Set<string>()
  for (const stored of ledger.slice(begun)) {
    const { type, data: said } = saidBy(stored)
    for (const place of placesIn(said)) {
      const kind = `${type} ${place.map((name) => name.replace(/^\d+$/, '*')).join('.')}`
      if (seen.has(kind)) continue
      seen.add(kind)
      const history = resealed(ledger.slice(0, stored.revision + 1), stored.revision, (event) => ({
        ...event,
        data: changedAt(event.data, place) as typeof event.data,
      }))
      const { firstBroken } = await verify(history, { pool: 'main' })
      expect([kind, firstBroken?.revision]).toEqual([kind, stored.revision])
    }
  }
  expect(seen.size).toBeGreaterThanOrEqual(140)
})
