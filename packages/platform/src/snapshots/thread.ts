import { constants, setPriority } from 'node:os'
import { Halted } from '../host/halt'
import { answerThread } from '../process/thread'
import { openProver, type Prover } from './prover'
import type { Answer, Order, Question } from './prover-thread'
import { folderShelf } from './shelf'

answerThread(({ directory, pool, every }: Order) => {
  // On Linux, of this thread alone: the ledger goes first.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  let prover: Promise<Prover> | undefined
  return async (question: Question): Promise<Answer> => {
    prover ??= openProver(folderShelf(directory), pool, every)
    try {
      const { from, take } = await prover
      return question === 'begin' ? { from } : { taken: await take(question.events, question.head) }
    } catch (error) {
      if (error instanceof Halted) return { halted: error.reason, message: error.message }
      throw error
    }
  }
})
