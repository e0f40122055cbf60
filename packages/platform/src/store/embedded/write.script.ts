import { sampleChain } from '../contract/sample-events'
import { noStream, type StoredEvent } from '../event-store'
import { openEmbeddedStore } from './embedded-store'

/** Appends to `stream` as fast as it can, batch after batch, and says what has been acknowledged, until it is killed. */
const write = async (directory: string, stream: string, note: string): Promise<void> => {
  const store = openEmbeddedStore(directory)
  let last: StoredEvent | undefined = await store.last(stream)
  for (let size = 1; ; size = (size % 7) + 1) {
    const events = sampleChain(size, last, note)
    const outcome = await store.append(stream, events, last?.revision ?? noStream)()
    if (outcome._tag === 'Left') {
      console.log(JSON.stringify(outcome.left))
      return store.close()
    }
    console.log(String(outcome.right))
    last = events.at(-1)
  }
}

const [directory = '', stream = '', note = ''] = process.argv.slice(2)
void write(directory, stream, note)
