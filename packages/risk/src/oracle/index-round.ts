import type { Decimal } from '@novation/decimal'
import { type Band, type BreakerTerms, type Candidate, judgeRound } from './breaker'
import { freshQuotes, type Known, type Rules } from './fresh'
import type { IndexSources } from './index-terms'
import { halvesOf, type Quoted, type Round } from './round'
import { slowPrice } from './slow'

/** All that an index is decided by. */
export interface IndexTerms extends IndexSources, Rules, BreakerTerms {
  readonly slow_ms: number
}

/** What is known of an index from the rounds before. */
export interface IndexState {
  readonly last?: { readonly price: Decimal; readonly slow: Decimal; readonly observedAt: number } | undefined
  readonly held?: Candidate | undefined
}

/** What a round comes to: with `ticked` the slow price goes along. `halves` is the weight of the quotes that count. */
export type IndexRound = { readonly quotes: readonly Quoted[]; readonly halves: number } & (
  | { readonly is: 'silent' | 'still-held' }
  | { readonly is: 'ticked'; readonly round: Round; readonly slow: Decimal }
  | { readonly is: 'held'; readonly candidate: Candidate }
)

/** One round of an index over the last quotes of all its sources. */
export const indexRound = (
  terms: IndexTerms,
  state: IndexState,
  { band, ...known }: Known & { readonly band?: Band },
): IndexRound => {
  const quotes = freshQuotes(terms, known)
  const verdict = judgeRound(quotes, terms, state, band)
  const came = { quotes, halves: halvesOf(quotes) }
  if (verdict.is !== 'ticked') return { ...came, ...verdict }
  const { round } = verdict
  return {
    ...came,
    ...verdict,
    slow: state.last === undefined ? round.price : slowPrice(state.last, round.observedAt, terms),
  }
}
