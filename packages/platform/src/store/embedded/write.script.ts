import type { Either } from 'fp-ts/Either'
import { Halted } from '../../host/halt'
import { sampleChain } from '../contract/sample-events'
import { type AppendError, noStream, type Revision, type StoredEvent } from '../event-store'
import { openEmbeddedStore } from './embedded-store'

/**
 * Appends to `stream` as fast as it can, batch after batch, and says what has been acknowledged, until it is killed. Where
 * it must end, it says so, and what it is answered when it asks once more.
 */
const write = async (directory: string, stream: string, note: string): Promise<void> => {
  const store = openEmbeddedStore(directory)
  const say = (word: unknown): void => console.log(JSON.stringify(word))
  let last: StoredEvent | undefined = await store.last(stream)
  for (let size = 1; ; size = (size % 7) + 1) {
    const events = sampleChain(size, last, note)
    const append = async (): Promise<Either<AppendError, Revision> | Halted> => {
      try {
        return await store.append(stream, events, last?.revision ?? noStream)()
      } catch (error) {
        if (error instanceof Halted) return error
        throw error
      }
    }
    let outcome = await append()
    // Another process may hold the file for longer than is waited for it: nothing is written then, so it is asked again.
    while (!(outcome instanceof Halted) && outcome._tag === 'Left' && outcome.left.tag === 'unavailable')
      outcome = await append()
    if (outcome instanceof Halted) {
      say({ reason: outcome.reason, message: outcome.message })
      const again = await append()
      say(again instanceof Halted ? { again: again.reason } : again)
      return store.close()
    }
    if (outcome._tag === 'Left') {
      say(outcome.left)
      return store.close()
    }
    say(outcome.right)
    last = events.at(-1)
  }
}

const [directory = '', stream = '', note = ''] = process.argv.slice(2)
void write(directory, stream, note)
