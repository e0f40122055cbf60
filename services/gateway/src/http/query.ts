import { type Either, left, right } from 'fp-ts/Either'
import type * as t from 'io-ts'
import { type Problem, problem } from './problems'

/** The names a route takes in its query, each with how it is read; all of them may be left out. */
export type QueryCodecs = Readonly<Record<string, t.Mixed>>

export type QueryOf<C extends QueryCodecs> = { readonly [K in keyof C]?: t.TypeOf<C[K]> }

/** A query is at most this long. */
export const queryLimit_bytes = 4096

const shown = (text: string): string => JSON.stringify(text.slice(0, 60))

/**
 * Reads a query by the names of its route. A name it does not know is refused, never ignored: who asks for
 * `?acount=alice` must not be answered for everybody. So is one that stands twice.
 */
export const readQuery = <C extends QueryCodecs>(codecs: C, text: string): Either<Problem, QueryOf<C>> => {
  if (text.length > queryLimit_bytes)
    return left(problem('too-large', `the query is ${text.length} bytes long; the limit is ${queryLimit_bytes}`))
  const read: Record<string, unknown> = {}
  if (text === '') return right(read as QueryOf<C>)
  for (const [name, value] of new URLSearchParams(text)) {
    if (!Object.hasOwn(codecs, name)) {
      const names = Object.keys(codecs)
      const there = names.length === 0 ? 'this takes none' : `there is ${names.join(', ')}`
      return left(problem('malformed', `the query has ${shown(name)}, which is not known here; ${there}`))
    }
    if (Object.hasOwn(read, name)) return left(problem('malformed', `${name} stands twice in the query`))
    const codec = codecs[name]
    const decoded = codec?.decode(value)
    if (decoded === undefined || decoded._tag === 'Left')
      return left(problem('malformed', `${name}: expected ${codec?.name ?? 'nothing'}, found ${shown(value)}`))
    read[name] = decoded.right
  }
  return right(read as QueryOf<C>)
}
