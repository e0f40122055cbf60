import type { Answer, Asked, Question } from '@novation/client'
import { type Signal, signal } from '@preact/signals'

/** What is known of an answer: what came last, whether a newer one is on its way, and why there is none. */
export interface Known<A> {
  readonly data?: A
  readonly isWaiting: boolean
  readonly why?: string
}

export type Ask = <O extends Question>(question: O, words: Asked<O>) => Promise<Answer<O>>

/** So many answers are kept: going back and forth asks for none of them again. */
const most = 300

/** Answers by what was asked. An answer of a revision never changes, so it is asked for once. */
export const keepAnswers = (ask: Ask) => {
  const kept = new Map<string, Signal<Known<unknown>>>()

  const fetched = async <O extends Question>(question: O, words: Asked<O>, into: Signal<Known<unknown>>) => {
    try {
      into.value = { data: await ask(question, words), isWaiting: false }
    } catch (error) {
      into.value = { ...into.value, isWaiting: false, why: error instanceof Error ? error.message : String(error) }
    }
  }

  return <O extends Question>(question: O, words: Asked<O>): Signal<Known<Answer<O>>> => {
    const key = `${question} ${JSON.stringify(words)}`
    const known = kept.get(key)
    if (known !== undefined && known.value.why === undefined) {
      kept.delete(key)
      kept.set(key, known)
      return known as Signal<Known<Answer<O>>>
    }
    const asked = signal<Known<unknown>>({ isWaiting: true })
    kept.set(key, asked)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    void fetched(question, words, asked)
    return asked as Signal<Known<Answer<O>>>
  }
}
