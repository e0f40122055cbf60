import { type EventStoreDbOptions, startEventStoreDb } from '@novation/testing'
import { eventStoreContract } from '../contract/event-store-contract'
import type { EventStore } from '../event-store'
import { openEventStoreDb } from './eventstoredb-store'

const subject = (connectionString: string, stop: () => Promise<void>) => {
  const opened: EventStore[] = []
  const open = () => {
    const store = openEventStoreDb(connectionString)
    opened.push(store)
    return store
  }
  const close = async () => {
    await Promise.all(opened.map((store) => store.close()))
    await stop()
  }
  return { store: open(), another: async () => open(), close }
}

const onTestServer = (options: EventStoreDbOptions) => async () => {
  const server = await startEventStoreDb(options)
  return subject(server.connectionString, server.stop)
}

eventStoreContract('EventStoreDB, appending in batches', onTestServer({ batchAppend: true }))
eventStoreContract('EventStoreDB, appending one by one', onTestServer({ batchAppend: false }))
