import type { Book, Pool } from '@novation/clearing'
import { canonicalJson, idOf, sha256 } from '@novation/events'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import {
  bookFold,
  crewIn,
  type EventStore,
  fileCheckpoints,
  folderShelf,
  noStream,
  type Reactor,
} from '@novation/platform'

const reactors: Readonly<Record<string, Reactor<Book>>> = { margin, liquidator, insurance, keeper: backstopKeeper }

/** What each process has written down by itself when it has followed the ledger so far and stops. */
const keepPlaces = async (data: string, pool: Book, apart: boolean): Promise<void> => {
  const processes = apart
    ? Object.entries(reactors).map(([service, reactor]) => ({ service, name: reactor.name as string, own: [reactor] }))
    : [{ service: 'reactors', name: 'reactors', own: Object.values(reactors) }]
  for (const { service, name, own } of processes) {
    const crew = { ...crewIn(own, pool), groupEnd: pool.revision }
    const checkpoints = fileCheckpoints({
      directory: `${data}/novation-${service}`,
      name,
      fold: bookFold,
      reactors: own,
      every: 1,
      passedOver: () => undefined,
    })
    await checkpoints.flush(pool.name, { crew, revision: pool.revision, hash: pool.head })
  }
}

/** What the relay has written down when it has published so far. */
const keepRelay = async (store: EventStore, { name: pool, revision: published }: Pool): Promise<void> => {
  const type = 'RelayCheckpoint'
  const body = canonicalJson({ type, pool, revision: 0, data: { published }, metadata: {} })
  const hash = sha256(body)
  const event = { id: idOf('relay', pool, '0', hash), type, revision: 0, hash, body }
  const kept = await store.append(`relay-${pool}`, [event], noStream)()
  if (kept._tag === 'Left') throw new Error(`the store answered ${kept.left.tag}`)
}

/** What the ledger has put aside, and proven: without it, it would decide the whole history again while it is measured. */
const keepSnapshot = async (data: string, pool: Book): Promise<void> => {
  const shelf = folderShelf(`${data}/snapshots`)
  await shelf.note(await shelf.put(pool, true), 'proven', 'made')
}

/**
 * Lets a mesh begin where one that had made this ledger would go on: five services that fold a hundred thousand accounts
 * and take them once more from Kafka keep two cores busy for half an hour, and it is not what is measured.
 */
export const headStart = async (store: EventStore, data: string, pool: Book, apart: boolean): Promise<void> => {
  await keepSnapshot(data, pool)
  await keepPlaces(data, pool, apart)
  await keepRelay(store, pool)
}
