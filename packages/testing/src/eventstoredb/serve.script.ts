import { parseArgs } from 'node:util'
import { startEventStoreDb } from './server'

/** `--port=N --dir=DIR [--no-batch-append]`: serves until it is killed, and says where once it does. */
const serve = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, dir: { type: 'string' }, 'no-batch-append': { type: 'boolean' } },
  })
  const server = await startEventStoreDb({
    port: Number(values.port ?? 0),
    ...(values.dir === undefined ? {} : { directory: values.dir }),
    batchAppend: !values['no-batch-append'],
  })
  console.log(server.connectionString)
}

void serve()
