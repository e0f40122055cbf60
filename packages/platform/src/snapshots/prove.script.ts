import { Halted } from '../host/halt'
import { day, decideAll } from './kit/history'
import { startProver } from './prover-thread'
import { folderShelf } from './shelf'

/** Has a day proven by a thread, and then again over a snapshot that lied; says what came of each. */
const prove = async (directory: string): Promise<void> => {
  // A thread keeps nobody alive.
  const alive = setInterval(() => undefined, 60_000)
  const { stored, book } = decideAll(day)
  const first = await startProver({ directory, pool: 'main', every: 50 })
  const { reached, made } = await first.take(stored, book.revision)
  console.log(JSON.stringify({ from: first.from, reached, made: made.length }))
  await first.close()
  const shelf = folderShelf(directory)
  book.outcomes.clear()
  await shelf.put(book, false).then(() => undefined)
  const second = await startProver({ directory, pool: 'main', every: 50 })
  try {
    await second.take(stored.slice(second.from + 1), book.revision).then(() => undefined)
  } catch (error) {
    const isHalted = error instanceof Halted
    console.log(JSON.stringify({ isHalted, ...(isHalted ? { reason: error.reason } : {}), message: String(error) }))
  }
  await second.close()
  clearInterval(alive)
}

void prove(process.argv[2] ?? '')
