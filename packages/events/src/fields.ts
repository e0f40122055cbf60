import * as t from 'io-ts'
import { type Read, readerOf, refused } from './read'

type Required<R extends t.Props> = { readonly [K in keyof R]: t.TypeOf<R[K]> }
type Optional<O extends t.Props> = { readonly [K in keyof O]?: t.TypeOf<O[K]> }
type Flat<T> = { readonly [K in keyof T]: T[K] }
type Fields<R extends t.Props, O extends t.Props> = Flat<Required<R> & Optional<O>>

type Shape = Pick<FieldsType<t.Props, t.Props>, 'name' | 'required' | 'optional' | 'closed'>

const isObject = (u: unknown): u is Record<string, unknown> => typeof u === 'object' && u !== null && !Array.isArray(u)

const own = (record: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined

/**
 * Reads the named fields; says nothing about what is wrong, which `explain` does. An object that is nothing but its
 * named fields is taken as it is, any other is copied without the rest.
 */
const fieldReader = ({ required, optional, closed }: Shape): Read => {
  const readers = Object.entries<t.Mixed>({ ...required, ...optional }).map(
    ([key, codec]) => [key, key in required, readerOf(codec)] as const,
  )
  const names = new Set(readers.map(([key]) => key))
  const copy = (u: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      readers.flatMap(([key, , read]) => {
        const value = own(u, key)
        return value === undefined ? [] : [[key, read(value)]]
      }),
    )
  return (u) => {
    if (!isObject(u)) return refused
    let same = 0
    for (const [key, needed, read] of readers) {
      const value = own(u, key)
      if (value === undefined && !needed) continue
      const field = read(value)
      if (field === refused) return refused
      if (field === value) same += 1
    }
    const keys = Object.keys(u)
    if (keys.length === same) return u
    return closed && !keys.every((key) => names.has(key)) ? refused : copy(u)
  }
}

/** Every mistake in a value that was refused. */
const explain = (shape: Shape, u: unknown, context: t.Context): t.Errors => {
  if (!isObject(u)) return [{ value: u, context, message: 'an object' }]
  const codecs: t.Props = { ...shape.required, ...shape.optional }
  const wrong = Object.entries(codecs).flatMap(([key, codec]) => {
    const value = own(u, key)
    if (value === undefined && !(key in shape.required)) return []
    const result = codec.validate(value, t.appendContext(context, key, codec, value))
    return result._tag === 'Left' ? result.left : []
  })
  const unknown = shape.closed ? Object.keys(u).filter((key) => !Object.hasOwn(codecs, key)) : []
  return [
    ...wrong,
    ...unknown.map((key) => ({
      value: own(u, key),
      context: t.appendContext(context, key, t.never),
      message: 'unknown field',
    })),
  ]
}

/**
 * An object of exactly these fields. `closed` refuses any other field (a command that says more than is understood
 * must not be half understood); open ones pass it over (an event may have learnt more since).
 */
export class FieldsType<R extends t.Props, O extends t.Props> extends t.Type<Fields<R, O>> {
  readonly _tag = 'FieldsType' as const
  readonly read: Read
  constructor(
    name: string,
    readonly required: R,
    readonly optional: O,
    readonly closed: boolean,
  ) {
    const shape = { name, required, optional, closed }
    const read = fieldReader(shape)
    super(
      name,
      (u): u is Fields<R, O> => read(u) !== refused,
      (u, context) => {
        const fields = read(u)
        return fields === refused ? t.failures(explain(shape, u, context)) : t.success(fields as Fields<R, O>)
      },
      t.identity,
    )
    this.read = read
  }
}

/** What a command carries: nothing beyond the named fields. */
export const closed = <R extends t.Props, O extends t.Props = Record<never, never>>(
  name: string,
  required: R,
  optional: O = {} as O,
) => new FieldsType(name, required, optional, true)

/** What an event carries: at least the named fields. */
export const open = <R extends t.Props, O extends t.Props = Record<never, never>>(
  name: string,
  required: R,
  optional: O = {} as O,
) => new FieldsType(name, required, optional, false)

/** One of a few words. */
export const oneOf = <W extends string>(...words: readonly [W, ...W[]]) =>
  t.keyof(Object.fromEntries(words.map((word) => [word, null])) as Record<W, null>)

/** The same codec for an event: fields it does not name are passed over, at every depth. */
export const tolerant = <R extends t.Props, O extends t.Props>(codec: FieldsType<R, O>): FieldsType<R, O> => {
  const inside = <P extends t.Props>(props: P): P =>
    Object.fromEntries(Object.entries(props).map(([key, field]) => [key, loosened(field)])) as P
  return new FieldsType(codec.name, inside(codec.required), inside(codec.optional), false)
}

const loosened = (codec: t.Mixed): t.Mixed => {
  if (codec instanceof FieldsType) return tolerant(codec)
  return codec instanceof t.ReadonlyArrayType ? t.readonlyArray(loosened(codec.type)) : codec
}
