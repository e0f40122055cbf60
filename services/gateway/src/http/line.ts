import type { Asked, Route, Said } from '@novation/platform'
import type { Either } from 'fp-ts/Either'
import type { Grant } from '../access/grant'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import type { SeenBy } from '../reads/read'
import type { Answers } from './described'
import { headOf } from './head-of'
import type { Problem } from './problems'
import { type QueryCodecs, type QueryOf, readQuery } from './query'

/** What comes of a request once it is there: an answer, or why there is none. */
export type ServedLater = Promise<Either<Problem, Said>>

/** What comes of a request; most is there at once. */
export type Served = Either<Problem, Said> | ServedLater

/** One line of the table of routes: everything that is to be told of a route, and what serves it. */
export interface Line {
  readonly method: Route['method']
  readonly path: string
  /** By which programs call it. */
  readonly name: string
  /** In a few words, for the description of the interface. */
  readonly summary: string
  readonly seenBy: SeenBy
  readonly query: QueryCodecs
  readonly answers: Answers
  readonly serve: (gateway: Gateway, asked: Asked, grant: Grant) => Served
}

/** A request about one pool, with all that was understood of it before anything is looked up. */
export interface Call<C extends QueryCodecs> {
  readonly asked: Asked
  readonly grant: Grant
  readonly head: Head
  readonly query: QueryOf<C>
}

const under = '/v1/pools/:pool'

/** A line about one pool: which, and what the query says, is read in one place, before the line has its say. */
export const ofPool = <C extends QueryCodecs>({
  serve,
  path,
  ...line
}: Omit<Line, 'serve' | 'query'> & {
  readonly query: C
  readonly serve: (gateway: Gateway, call: Call<C>) => Served
}): Line => ({
  ...line,
  path: `${under}${path}`,
  serve: (gateway, asked, grant) => {
    const head = headOf(gateway, asked, grant)
    if (head._tag === 'Left') return head
    const query = readQuery(line.query, asked.query)
    return query._tag === 'Left' ? query : serve(gateway, { asked, grant, head: head.right, query: query.right })
  },
})
