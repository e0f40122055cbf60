import type { Book } from '@novation/clearing'
import { type Beside, type Disk, type Reactor, writeBeside } from '@novation/platform'
import type { Dice } from '../engine/dice'
import { beginLife, type Life } from '../engine/life'
import type { World } from './world'

interface Given {
  readonly directory: string
  readonly name: string
  readonly fold: Reactor<Book>
  /** The disk of its process, as a life sees it. */
  readonly diskOf: (life: Life) => Disk
  readonly written: (pool: string, revision: number) => void
}

/** A thread of a process, which ends with it, or when it is closed: what it was about is given up then. */
const openThread = (process: Life) => {
  const own = beginLife(`${process.name}, beside`)
  const life: Life = { ...own, isOver: () => own.isOver() || process.isOver() }
  const waiting = new Set<(error: Error) => void>()
  const close = (): void => {
    own.kill()
    for (const reject of waiting) reject(new Error('the thread was closed'))
  }
  const ask = <A>(work: Promise<A>): Promise<A> =>
    new Promise((resolve, reject) => {
      waiting.add(reject)
      void work.then(resolve, reject).then(() => void waiting.delete(reject))
    })
  return { life, ask, close }
}

/** Writes places down as the product does, beside the process that goes on meanwhile. */
export const besideOn = (
  world: World,
  { directory, name, fold, diskOf, written }: Given,
  process: Life,
  dice: Dice,
): Beside => {
  const { life, ask, close } = openThread(process)
  const store = world.store.connect(life, dice.for('store beside'), world.weather)
  const { write } = writeBeside({ directory, name, fold, store, disk: diskOf(life) })
  return {
    // What it is not handed it reads in the store, as after a thread that died.
    hand: () => undefined,
    write: async (pool, place) => {
      const length = await ask(write({ pool, place }))
      written(pool, place.revision)
      return length
    },
    close: async () => close(),
  }
}
