import type { Command, operations, Problem as ProblemForm } from './generated/api'
import type { paths } from './generated/paths'

/** What is asked and answered, by the name of the operation. */
export type Operation = keyof operations & keyof typeof paths

type JsonOf<R> = R extends { readonly content: { readonly 'application/json': infer A } } ? A : never

/** What an operation answers. */
export type Answer<O extends Operation> = operations[O] extends { readonly responses: { readonly 200: infer R } }
  ? JsonOf<R>
  : never

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** A position is a number too: a revision. */
type Value<K, V> = K extends 'at' | 'from' ? V | number : V

type Named<P> = { readonly [K in keyof P as Exclude<K, 'pool'>]: Value<K, P[K]> }
type PathOf<O extends Operation> = operations[O]['parameters'] extends { readonly path: infer P } ? Named<P> : unknown
type QueryOf<O extends Operation> = operations[O]['parameters'] extends { readonly query?: infer Q }
  ? [NonNullable<Q>] extends [never]
    ? unknown
    : Named<NonNullable<Q>>
  : unknown

/** What an operation is asked: the words of its path and of its query, in one. */
export type Asked<O extends Operation> = Flat<PathOf<O> & QueryOf<O>>

/** The operations that are questions about one pool. */
export type Question = {
  [O in Operation]: (typeof paths)[O] extends `/v1/pools/{pool}${string}`
    ? [Answer<O>] extends [never]
      ? never
      : Exclude<O, 'send' | 'feed' | 'beginJob' | 'stopJob' | 'jobResult'>
    : never
}[Operation]

/** Those of them that are answered in pages. */
export type List = {
  [O in Question]: Answer<O> extends { readonly items: readonly unknown[] } ? O : never
}[Question]

export type Item<O extends List> = Answer<O> extends { readonly items: readonly (infer A)[] } ? A : never

/** An answer, and of which moment it is: where it is of none, of no revision. */
export interface Told<A> {
  readonly data: A
  readonly revision: number | undefined
  readonly at: string | undefined
}

type Left<C, K extends PropertyKey> = C extends unknown ? Omit<C, K> & Partial<Pick<C, K & keyof C>> : never

/** What somebody wants; id, pool and time are added where they are left out. */
export type Wish = Left<Command, 'id' | 'pool' | 'at'>

/** Why nothing came of a request: a code out of a closed list, and a sentence. */
export type Why = Pick<ProblemForm, 'code' | 'detail'> & Partial<Pick<ProblemForm, 'status' | 'instance'>>

interface Key {
  readonly id: string
}

/** What became of a command that was sent. */
export type Sent =
  | (Key & { readonly outcome: 'accepted'; readonly revision: number; readonly events: number; readonly hit: boolean })
  /** Turned down by the ledger, and recorded there: the id is bound to that. */
  | (Key & {
      readonly outcome: 'rejected'
      readonly why: Why
      readonly revision: number | undefined
      readonly hit: boolean
    })
  /** It is on its way: ask for its outcome later. */
  | (Key & { readonly outcome: 'waiting' })
  /** Turned away: nothing is bound by it. */
  | (Key & { readonly outcome: 'refused'; readonly why: Why })
  /** Nobody knows whether it arrived. The same command again, as it is, finds out; twice is safe. */
  | (Key & { readonly outcome: 'unknown'; readonly why: Why; readonly again: Wish })
