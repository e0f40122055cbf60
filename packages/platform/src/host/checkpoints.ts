import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Map as Table } from 'immutable'
import type { Asking, Sent } from './asking'
import type { Reactor } from './reactor'

/** How far a reactor has followed one pool. */
export interface Followed<S> {
  readonly asking: Asking<S>
  readonly revision: number
  readonly hash: string
}

/** Where a reactor's place and state outlive its process (protocol 14). Losing them costs a fold from the store, never more. */
export interface Checkpoints<S> {
  readonly load: (pool: string) => Promise<Followed<S> | undefined>
  /** May keep what it is given for later; `flush` does not. */
  readonly save: (pool: string, followed: Followed<S>) => Promise<void>
  readonly flush: (pool: string, followed: Followed<S>) => Promise<void>
}

export const noCheckpoints = <S>(): Checkpoints<S> => ({
  load: async () => undefined,
  save: async () => undefined,
  flush: async () => undefined,
})

/** One file a pool, replaced whole or not at all, also when the power fails. */
const replaceFile = async (path: string, text: string): Promise<void> => {
  const beside = `${path}.new`
  const file = await open(beside, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
}

interface Saved {
  readonly revision: number
  readonly hash: string
  readonly groupEnd: number
  readonly mayChangeAnswers: boolean
  readonly sent: readonly (readonly [string, Sent])[]
  readonly state: unknown
}

const readText = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writing so much of a checkpoint takes about as long as folding an event; while it is written, nothing is followed. */
const bytesPerEvent = 300

/**
 * Checkpoints of a reactor in a directory, written every `every` events (less often where the state is so large that
 * folding those again is quicker than writing it) and when it stops. A file that this version did not write, or that was
 * altered, is passed over and the store folded instead; `passedOver` hears why.
 */
export const fileCheckpoints = <S>(
  directory: string,
  reactor: Reactor<S>,
  every: number,
  passedOver: (reason: string) => void,
): Checkpoints<S> => {
  const { snapshot } = reactor
  if (snapshot === undefined) return noCheckpoints<S>()
  const pathOf = (pool: string) => join(directory, `${reactor.name.replaceAll(':', '-')}-${pool}.json`)
  const next = new Map<string, number>()
  const noteWritten = (pool: string, revision: number, { length }: string): void =>
    void next.set(pool, revision + Math.max(every, Math.floor(length / bytesPerEvent)))

  const flush = async (pool: string, { asking, revision, hash }: Followed<S>): Promise<void> => {
    await mkdir(directory, { recursive: true })
    const { state, sent, groupEnd, mayChangeAnswers } = asking
    const saved: Saved = { revision, hash, groupEnd, mayChangeAnswers, sent: [...sent], state: snapshot.write(state) }
    const text = JSON.stringify(saved)
    await replaceFile(pathOf(pool), text)
    noteWritten(pool, revision, text)
  }

  return {
    flush,
    save: async (pool, followed) => {
      if (followed.revision !== followed.asking.groupEnd) return
      if (followed.revision >= (next.get(pool) ?? every - 1)) await flush(pool, followed)
    },
    load: async (pool) => {
      const text = await readText(pathOf(pool))
      if (text === undefined) return undefined
      try {
        const { revision, hash, sent, state, ...rest } = JSON.parse(text) as Saved
        const read = snapshot.read(state)
        if (read._tag === 'Left') throw new TypeError(read.left)
        noteWritten(pool, revision, text)
        return { revision, hash, asking: { ...rest, sent: Table(sent), state: read.right } }
      } catch (error) {
        passedOver(error instanceof Error ? error.message : String(error))
        return undefined
      }
    },
  }
}
