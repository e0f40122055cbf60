import { extname, join } from 'node:path'
import type { Stored } from '@novation/events'
import { Halted } from '../host/halt'
import { openThread } from '../process/thread'
import type { Revision } from '../store/event-store'
import type { Prover, Taken } from './prover'

/** What the thread that proves is told when it begins. */
export interface Order {
  readonly directory: string
  readonly pool: string
  readonly every: number
}

export type Question = 'begin' | { readonly events: readonly Stored[]; readonly head: Revision }

export type Answer =
  | { readonly from: Revision }
  | { readonly taken: Taken }
  /** Of an error a thread hands on no more than its words. */
  | { readonly halted: Halted['reason']; readonly message: string }

/** A prover in a thread of its own, on the snapshots of a folder. It holds a book and its indexes a second time. */
export const startProver = async (order: Order): Promise<Prover> => {
  const thread = openThread<Question, Answer>(join(__dirname, `thread${extname(__filename)}`), order)
  const never = new AbortController().signal
  const ask = async (question: Question): Promise<Exclude<Answer, { readonly halted: string }>> => {
    const answer = await thread.ask(question, never)
    if ('halted' in answer) throw new Halted(answer.halted, answer.message)
    return answer
  }
  const begun = await ask('begin')
  if (!('from' in begun)) throw new Error('the thread that proves does not say where it begins')
  return {
    from: begun.from,
    take: async (events, head) => {
      const answer = await ask({ events, head })
      if (!('taken' in answer)) throw new Error('the thread that proves does not say what it has taken')
      return answer.taken
    },
    close: thread.close,
  }
}
