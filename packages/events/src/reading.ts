import * as t from 'io-ts'
import type { Json } from './json'

/** How such a text looks, as JSON Schema says it. */
type Form = Readonly<Record<string, Json>>

/** A codec of texts (flags, queries); the form is kept on it so that descriptions of an interface can be made of it. */
export class ReadingType<A> extends t.Type<A, A, unknown> {
  constructor(
    name: string,
    read: (text: string) => A | undefined,
    readonly form: Form,
  ) {
    super(
      name,
      (u): u is A => read(String(u)) !== undefined,
      (u, context) => {
        const value = typeof u === 'string' ? read(u) : undefined
        return value === undefined ? t.failure(u, context) : t.success(value)
      },
      t.identity,
    )
  }
}

/** A codec of texts by what `read` makes of one; `name` is what was expected where it makes nothing. */
export const reading = <A>(
  name: string,
  read: (text: string) => A | undefined,
  form: Form = { type: 'string', description: name },
): t.Type<A, A, unknown> => new ReadingType(name, read, form)

/** A whole number as it is written in a flag or a query. */
export const wholeNumber = (least: number, most: number): t.Type<number, number, unknown> =>
  reading(
    `a whole number from ${least} to ${most}`,
    (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      return value >= least && value <= most ? value : undefined
    },
    { type: 'integer', minimum: least, maximum: most },
  )

/** One of a few words. */
export const oneOf = <const W extends readonly string[]>(...words: W): t.Type<W[number], W[number], unknown> =>
  reading<W[number]>(words.join(' or '), (text) => words.find((word) => word === text), { enum: [...words] })
