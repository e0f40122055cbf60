import { parseArgs } from 'node:util'
import type { Faults } from './faults'
import { startEventStoreDb } from './server'

/** `--port=N --dir=DIR [--no-batch-append]`: serves until it is killed, and says where once it does; goes wrong as it is told. */
const serve = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, dir: { type: 'string' }, 'no-batch-append': { type: 'boolean' } },
  })
  const server = await startEventStoreDb({
    port: Number(values.port ?? 0),
    ...(values.dir === undefined ? {} : { directory: values.dir }),
    batchAppend: !values['no-batch-append'],
  })
  process.on('message', ({ fault }: { readonly fault: Parameters<Faults['arm']> }) => server.faults.arm(...fault))
  console.log(server.connectionString)
}

void serve()
