import fc from 'fast-check'
import * as t from 'io-ts'
import { type Command, type CommandType, commandData } from './commands'
import { type EventType, eventData } from './event-data'
import { type LedgerEvent, Posting } from './events'
import { FieldsType } from './fields'
import { canonicalJson } from './json'
import { LookupType } from './lookup'
import { Actor, Count, Digest, Id, InstantText, PoolName, TextType, TimeText, WholeType } from './text'
import { currentVersion } from './upcast'

const made = new Map<t.Mixed, fc.Arbitrary<unknown>>()

/** For tests only: values that a codec takes, made by walking it once. */
export const arbitraryOf = (codec: t.Mixed): fc.Arbitrary<unknown> => {
  const arbitrary = made.get(codec) ?? walked(codec)
  made.set(codec, arbitrary)
  return arbitrary
}

const walked = (codec: t.Mixed): fc.Arbitrary<unknown> => {
  if (codec instanceof TextType) return fc.stringMatching(codec.pattern)
  if (codec instanceof WholeType) return fc.integer({ min: codec.least, max: Math.min(codec.most, 2 ** 31 - 1) })
  if (codec instanceof FieldsType)
    return fc.record(
      Object.fromEntries(
        Object.entries<t.Mixed>({ ...codec.required, ...codec.optional }).map(([key, field]) => [
          key,
          arbitraryOf(field),
        ]),
      ),
      { requiredKeys: Object.keys(codec.required), noNullPrototype: true },
    )
  if (codec instanceof t.ReadonlyArrayType) return fc.array(arbitraryOf(codec.type), { maxLength: 3 })
  if (codec instanceof LookupType)
    return fc.dictionary(fc.stringMatching(Id.pattern), fc.stringMatching(Id.pattern), { maxKeys: 3 })
  if (codec instanceof t.KeyofType) return fc.constantFrom(...Object.keys(codec.keys))
  if (codec instanceof t.LiteralType) return fc.constant(codec.value)
  if (codec instanceof t.BooleanType) return fc.boolean()
  if (codec instanceof t.AnyDictionaryType) return fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 })
  throw new RangeError(`no values for ${codec.name}`)
}

/** JSON as anybody may send it, awkward keys among it; minus zero is left out, for JSON writes it as 0. */
export const anyJson: fc.Arbitrary<unknown> = fc
  .oneof(
    fc.jsonValue({ noUnicodeString: false }),
    fc.dictionary(
      fc.constantFrom('__proto__', 'constructor', '10', '9', 'é', '😀', '\uffff', 'b', 'a'),
      fc.jsonValue(),
    ),
  )
  .map((value) => JSON.parse(JSON.stringify(value)))

/** A few values that belong nowhere in particular. */
const stray = fc.constantFrom<unknown>(null, 0, -1, 1.5, '', 'a/b', '1e3', '007', true, [], {}, '2023-02-30T00:00:00Z')

type Place = readonly (string | number)[]

const placesIn = (value: unknown, at: Place = []): readonly Place[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, inside]) => placesIn(inside, [...at, key]))]
    : [at]

const replaced = (value: unknown, [key, ...rest]: Place, change: (old: unknown) => unknown): unknown => {
  if (key === undefined) return change(value)
  if (Array.isArray(value)) return value.map((item, i) => (i === Number(key) ? replaced(item, rest, change) : item))
  const record = value as Record<string, unknown>
  return { ...record, [key]: replaced(record[key], rest, change) }
}

/** Values of a codec with one spot spoilt: something else there, a field gone, or a field too many. */
export const nearlyOf = (codec: t.Mixed): fc.Arbitrary<unknown> =>
  arbitraryOf(codec).chain((value) =>
    fc
      .tuple(fc.constantFrom(...placesIn(value)), stray, fc.constantFrom('instead', 'gone', 'extra'))
      .map(([place, odd, how]) =>
        JSON.parse(
          canonicalJson(
            replaced(value, place, (old) => {
              if (how === 'instead' || typeof old !== 'object' || Array.isArray(old)) return odd
              if (how === 'extra') return { ...old, surplus: odd }
              return Object.fromEntries(Object.entries(old ?? {}).slice(1))
            }),
          ),
        ),
      ),
  )

const id = arbitraryOf(Id)

/** Any command a sender may write in full. */
export const anyCommand: fc.Arbitrary<Command> = fc
  .constantFrom(...(Object.keys(commandData) as CommandType[]))
  .chain((type) =>
    fc.record({
      id,
      type: fc.constant(type),
      pool: arbitraryOf(PoolName),
      actor: arbitraryOf(Actor),
      at: arbitraryOf(TimeText),
      data: arbitraryOf(commandData[type]),
    }),
  ) as fc.Arbitrary<Command>

type Unsealed = Omit<LedgerEvent, 'id' | 'metadata'> & { readonly metadata: Omit<LedgerEvent['metadata'], 'hash'> }

/** Any event as a decider hands it over to be sealed. Its postings are of the right form; they need not balance. */
export const anyEvent: fc.Arbitrary<Unsealed> = fc
  .constantFrom(...(Object.keys(eventData) as EventType[]))
  .chain((type) =>
    fc.record({
      type: fc.constant(type),
      pool: arbitraryOf(PoolName),
      revision: arbitraryOf(Count),
      at: arbitraryOf(InstantText),
      data: arbitraryOf(eventData[type]),
      postings: fc.array(arbitraryOf(Posting), { maxLength: 4 }),
      metadata: fc.record(
        {
          commandId: id,
          correlationId: id,
          causationId: id,
          actor: arbitraryOf(Actor),
          version: fc.constant(currentVersion(type)),
          decider: fc.nat(9),
          previousHash: arbitraryOf(Digest),
          command: anyCommand,
          events: fc.nat(9),
        },
        { requiredKeys: ['commandId', 'correlationId', 'causationId', 'actor', 'version', 'decider', 'previousHash'] },
      ),
    }),
  ) as fc.Arbitrary<Unsealed>
