import * as t from 'io-ts'

/** A codec of texts (flags, queries) by what `read` makes of one; `name` is what was expected where it makes nothing. */
export const reading = <A>(name: string, read: (text: string) => A | undefined): t.Type<A, A, unknown> =>
  new t.Type<A, A, unknown>(
    name,
    (u): u is A => read(String(u)) !== undefined,
    (u, context) => {
      const value = typeof u === 'string' ? read(u) : undefined
      return value === undefined ? t.failure(u, context) : t.success(value)
    },
    t.identity,
  )

/** A whole number as it is written in a flag or a query. */
export const wholeNumber = (least: number, most: number): t.Type<number, number, unknown> =>
  reading(`a whole number from ${least} to ${most}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    return value >= least && value <= most ? value : undefined
  })

/** One of a few words. */
export const oneOf = <const W extends readonly string[]>(...words: W): t.Type<W[number], W[number], unknown> =>
  reading<W[number]>(words.join(' or '), (text) => words.find((word) => word === text))
