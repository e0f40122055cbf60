import * as t from 'io-ts'

type Required<R extends t.Props> = { readonly [K in keyof R]: t.TypeOf<R[K]> }
type Optional<O extends t.Props> = { readonly [K in keyof O]?: t.TypeOf<O[K]> }
type Flat<T> = { readonly [K in keyof T]: T[K] }

/**
 * An object of exactly these fields. `closed` refuses any other field (a command that says more than is understood
 * must not be half understood); open ones pass it over (an event may have learnt more since).
 */
export class FieldsType<R extends t.Props, O extends t.Props> extends t.Type<Flat<Required<R> & Optional<O>>> {
  readonly _tag = 'FieldsType' as const
  constructor(
    name: string,
    readonly required: R,
    readonly optional: O,
    readonly closed: boolean,
  ) {
    const own = (record: object, key: string): unknown =>
      Object.prototype.hasOwnProperty.call(record, key) ? (record as Record<string, unknown>)[key] : undefined
    const names = new Set([...Object.keys(required), ...Object.keys(optional)])
    const codecs = [...Object.entries<t.Mixed>({ ...required, ...optional })]
    const validate: t.Validate<unknown, Flat<Required<R> & Optional<O>>> = (u, context) => {
      if (typeof u !== 'object' || u === null || Array.isArray(u)) return t.failure(u, context, `${name}: an object`)
      const errors: t.Errors = []
      const decoded: Record<string, unknown> = {}
      for (const [key, codec] of codecs) {
        const value = own(u, key)
        if (value === undefined && !(key in required)) continue
        const result = codec.validate(value, t.appendContext(context, key, codec, value))
        if (result._tag === 'Left') errors.push(...result.left)
        else decoded[key] = result.right
      }
      if (closed)
        for (const key of Object.keys(u))
          if (!names.has(key))
            errors.push({ value: own(u, key), context: t.appendContext(context, key, t.never), message: 'unknown field' })
      return errors.length > 0 ? t.failures(errors) : t.success(decoded as Flat<Required<R> & Optional<O>>)
    }
    super(name, (u): u is Flat<Required<R> & Optional<O>> => validate(u, [])._tag === 'Right', validate, t.identity)
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
