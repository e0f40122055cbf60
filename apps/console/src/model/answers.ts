import type { Answer, Asked, Question } from '@novation/client'
import { type Signal, signal } from '@preact/signals'

/** What is known of an answer: what came last, whether a newer one is on its way, and why there is none. */
export interface Known<A> {
  readonly data?: A
  readonly isWaiting: boolean
  readonly why?: string
}

export type Ask = <O extends Question>(question: O, words: Asked<O>) => Promise<Answer<O>>

/** What to do about a question that was not answered. */
export interface Patience {
  /** Whether the same question may be answered later: nobody is there, or he is busy. */
  readonly isPassing: (error: unknown) => boolean
  readonly rest: () => Promise<void>
}

/** So many answers are kept: going back and forth asks for none of them again. */
const most = 300

/**
 * Answers by what was asked. An answer of a revision never changes, so it is asked for once, and a refusal stands as it is; where there
 * was nobody to answer it is asked again after a rest, for as long as the question is kept.
 */
export const keepAnswers = (ask: Ask, { isPassing, rest }: Patience) => {
  const kept = new Map<string, Signal<Known<unknown>>>()

  const fetched = async <O extends Question>(
    key: string,
    question: O,
    words: Asked<O>,
    into: Signal<Known<unknown>>,
  ) => {
    while (kept.get(key) === into)
      try {
        into.value = { data: await ask(question, words), isWaiting: false }
        return
      } catch (error) {
        const isOver = !isPassing(error)
        into.value = { isWaiting: !isOver, why: error instanceof Error ? error.message : String(error) }
        if (isOver) return
        await rest()
      }
  }

  return <O extends Question>(question: O, words: Asked<O>): Signal<Known<Answer<O>>> => {
    const key = `${question} ${JSON.stringify(words)}`
    const known = kept.get(key)
    if (known !== undefined) {
      kept.delete(key)
      kept.set(key, known)
      return known as Signal<Known<Answer<O>>>
    }
    const asked = signal<Known<unknown>>({ isWaiting: true })
    kept.set(key, asked)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    void fetched(key, question, words, asked)
    return asked as Signal<Known<Answer<O>>>
  }
}
