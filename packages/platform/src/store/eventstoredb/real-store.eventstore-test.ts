import { eventStoreContract } from '../contract/event-store-contract'
import type { EventStore } from '../event-store'
import { openEventStoreDb } from './eventstoredb-store'

/** A server that may be written to, as an administrator where it knows users; it keeps what the contract writes. */
const real = process.env.NOVATION_TEST_EVENTSTORE || undefined

eventStoreContract(
  'a real EventStoreDB',
  async () => {
    const opened: EventStore[] = []
    const open = () => {
      const store = openEventStoreDb(real ?? '')
      opened.push(store)
      return store
    }
    const close = async () => void (await Promise.all(opened.map((store) => store.close())))
    return { store: open(), another: async () => open(), close }
  },
  real === undefined ? describe.skip : describe,
)
