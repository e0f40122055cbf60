import type { Answer, Asked, Question } from '@novation/client'
import { type Signal, signal } from '@preact/signals'
import { type Line, openLine } from './line'

/** What is known of an answer: what came last, whether a newer one is on its way, and why there is none. */
export interface Known<A> {
  readonly data?: A
  readonly isWaiting: boolean
  readonly why?: string
  /** What is known of another moment, where this one is still on its way. */
  readonly before?: A
}

/** What is shown of it: of its moment, or of the one before until that has come. */
export const latest = <A>({ data, before }: Known<A>): A | undefined => data ?? before

export type Ask = <O extends Question>(question: O, words: Asked<O>) => Promise<Answer<O>>

/** What to do about a question that was not answered, and after one that was. */
export interface Patience {
  /** Whether the same question may be answered later: nobody is there, or he is busy. */
  readonly isPassing: (error: unknown) => boolean
  readonly rest: () => Promise<void>
  /** Waits, where the next question of this kind is to come no sooner. */
  readonly pace: (question: Question, took_ms: number) => Promise<void>
  readonly now: () => number
}

/** So many answers are kept: going back and forth asks for none of them again. */
const most = 300

/** Answers to one question about one moment after the other. */
interface Course {
  readonly line: Line
  last?: unknown
}

/**
 * Answers by what was asked. An answer of a revision never changes, so it is asked for once, and a refusal stands as it is; where there
 * was nobody to answer it is asked again after a rest, for as long as the question is kept. Of a question that is asked of one moment after
 * the other (`course`) one is asked at a time, and the last that is wanted is the next: whoever goes through history quickly leaves nothing behind.
 */
export const keepAnswers = (ask: Ask, { isPassing, rest, pace, now }: Patience) => {
  const kept = new Map<string, Signal<Known<unknown>>>()
  const courses = new Map<string, Course>()

  const fetched = async <O extends Question>(
    key: string,
    question: O,
    words: Asked<O>,
    into: Signal<Known<unknown>>,
    isLast: () => boolean = () => true,
  ): Promise<unknown> => {
    while (kept.get(key) === into)
      try {
        const data = await ask(question, words)
        into.value = { data, isWaiting: false }
        return data
      } catch (error) {
        const isOver = !isPassing(error)
        into.value = { ...into.value, isWaiting: !isOver, why: error instanceof Error ? error.message : String(error) }
        if (isOver) return undefined
        if (!isLast()) kept.delete(key)
        else await rest()
      }
    return undefined
  }

  const courseOf = (name: string): Course => {
    const known = courses.get(name) ?? { line: openLine() }
    courses.set(name, known)
    return known
  }

  const keep = (key: string, known: Signal<Known<unknown>>): void => {
    kept.delete(key)
    kept.set(key, known)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
  }

  const keyOf = (question: Question, words: object): string => `${question} ${JSON.stringify(words)}`

  return {
    to: <O extends Question>(question: O, words: Asked<O>, name?: string): Signal<Known<Answer<O>>> => {
      const key = keyOf(question, words)
      const known = kept.get(key)
      const asked = known ?? signal<Known<unknown>>({ isWaiting: true })
      keep(key, asked)
      if (known !== undefined) return known as Signal<Known<Answer<O>>>
      if (name === undefined) void fetched(key, question, words, asked).then(() => undefined)
      else {
        const course = courseOf(name)
        if (course.last !== undefined) asked.value = { isWaiting: true, before: course.last }
        course.line.want({
          work: async (isLast) => {
            const began = now()
            const data = await fetched(key, question, words, asked, isLast)
            if (data === undefined) return
            course.last = data
            await pace(question, now() - began)
          },
          givenUp: () => void kept.delete(key),
        })
      }
      return asked as Signal<Known<Answer<O>>>
    },
    /** What has come by itself needs not be asked for. */
    told: <O extends Question>(question: O, words: Asked<O>, data: Answer<O>): void => {
      const key = keyOf(question, words)
      if (!kept.has(key)) keep(key, signal<Known<unknown>>({ data, isWaiting: false }))
    },
    /** Comes back once nothing that goes from moment to moment is on its way, but for these questions. */
    rested: async (but: ReadonlySet<Question>): Promise<void> => {
      for (const [name, { line }] of courses)
        if (![...but].some((question) => name.startsWith(`${question} `))) await line.rested()
    },
  }
}
