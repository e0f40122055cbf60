import { bookOf } from '../proof/restore'
import { type State, stateForm } from '../proof/state-form'
import type { Book } from '../state/book'
import { judge } from '../state/judge'
import type { Pool } from '../state/pool'

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** All that is found by name, held the other way round; what is said in an order keeps it. */
const turned = (value: unknown): unknown => {
  if (value instanceof Map) return new Map([...value].reverse().map(([key, of]) => [key, turned(of)]))
  if (value instanceof Set) return new Set([...value].reverse())
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, turned(of)])) : value
}

/**
 * A book of the same state that holds everything in the reverse order of names. One that was folded holds it in the order of
 * listing and opening, one that was opened from a snapshot in that of names: what is decided may hang on neither.
 */
export const turnedRound = (pool: Pool): Book => {
  const { accounts, ...rest } = stateForm.read(stateForm.write(pool) as never)
  const state: State = { ...(turned(rest) as typeof rest), accounts: [...accounts].reverse() }
  const book = bookOf(state, pool.parts, pool.verify)
  book.outcomes.load(pool.outcomes.bytes())
  book.trades.load(pool.trades.bytes())
  return judge(book)
}
