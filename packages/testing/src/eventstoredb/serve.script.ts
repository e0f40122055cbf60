import type { Faults } from './faults'
import { type EventStoreDbOptions, startEventStoreDb } from './server'

/** Serves, by the options given as JSON, until it is killed, and says where once it does; goes wrong as it is told. */
const serve = async (): Promise<void> => {
  const options: EventStoreDbOptions = JSON.parse(process.argv[2] ?? '{}')
  const server = await startEventStoreDb(options)
  process.on('message', ({ fault }: { readonly fault: Parameters<Faults['arm']> }) => server.faults.arm(...fault))
  console.log(server.connectionString)
}

void serve()
