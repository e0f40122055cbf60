import type { Either } from 'fp-ts/Either'
import type * as t from 'io-ts'
import type { Problem } from '../http/problems'
import type { QueryCodecs, QueryOf } from '../http/query'
import { firstWhere } from '../moments/halving'
import type { Moment } from '../moments/moment'

/** What a read is asked: the words in its path, its query, and, of a list, which page. */
export interface ReadAsked<C extends QueryCodecs> {
  readonly params: Readonly<Record<string, string>>
  readonly query: QueryOf<C>
  readonly page: Page
  /** Whose account it is that is seen, where who asks sees only that. */
  readonly own: string | undefined
}

/** `public`: whoever reaches it, where there is such; `all`: whoever has a token; `audit`: those whose work is to look into everything. */
export type SeenBy = 'public' | 'all' | 'owner' | 'pool' | 'audit'

export interface Page {
  /** The key of the last item that was told before; undefined at the beginning. */
  readonly after: string | undefined
  readonly limit: number
}

/** What a read answers: a value, or a page of a list and the key of its last item where there are more. */
export type Told<A = unknown> =
  | { readonly json: A }
  | { readonly items: readonly A[]; readonly after: string | undefined }

/** A question about one moment of one pool. The same code answers it at the head and in the past. */
export interface Read<C extends QueryCodecs = QueryCodecs> {
  /** Behind `/v1/pools/:pool`. */
  readonly path: string
  /** In a few words, for the description of the interface. */
  readonly summary: string
  readonly query: C
  /** The form of what it answers; of a list, of each item. */
  readonly answers: t.Mixed
  readonly isList: boolean
  /** Who may ask: everybody who is let in; the one whose account is in the path too; who sees the pool. */
  readonly seenBy: SeenBy
  /** Looks at everybody, so never on the loop that serves. */
  readonly isHeavy: boolean
  readonly read: (moment: Moment, asked: ReadAsked<C>) => Either<Problem, Told>
}

interface Definition<C extends QueryCodecs, A> extends Omit<Read<C>, 'answers' | 'read'> {
  readonly answers: t.Type<A, unknown, unknown>
  readonly read: (moment: Moment, asked: ReadAsked<C>) => Either<Problem, Told<NoInfer<A>>>
}

/** Holds the function that reads to the types of its query and of what it is said to answer. */
export const read = <C extends QueryCodecs, A>(definition: Definition<C, A>): Read => definition as unknown as Read

/** A page from one place on; `pick` leaves out what it answers nothing for, and the key of the last that was picked leads on. */
const pageFrom = <K, A>(
  all: readonly K[],
  first: number,
  limit: number,
  pick: (each: K) => A | undefined,
  keyAt: (place: number) => string,
): Told<A> => {
  const items: A[] = []
  let last = first
  for (let i = first; i < all.length; i += 1) {
    const picked = pick(all[i] as K)
    if (picked === undefined) continue
    if (items.length === limit) return { items, after: keyAt(last) }
    items.push(picked)
    last = i
  }
  return { items, after: undefined }
}

/** A page of what is in order of its keys. */
export const pageOf = <K, A>(
  all: readonly K[],
  keyOf: (each: K) => string,
  { after, limit }: Page,
  pick: (each: K) => A | undefined,
): Told<A> => {
  const first = after === undefined ? 0 : firstWhere(all, (each) => keyOf(each) > after)
  return pageFrom(all, first, limit, pick, (place) => keyOf(all[place] as K))
}

/** The same where nothing is left out. */
export const pageOfAll = <A>(all: readonly A[], keyOf: (each: A) => string, page: Page): Told<A> =>
  pageOf(all, keyOf, page, (each) => each)

/** A page of what is in an order of its own: its key is its place, which is the same whenever it is asked for at one revision. */
export const rankedPage = <K, A>(
  all: readonly K[],
  { after, limit }: Page,
  pick: (each: K) => A | undefined,
): Told<A> => pageFrom(all, after === undefined ? 0 : Number(after) + 1, limit, pick, String)
