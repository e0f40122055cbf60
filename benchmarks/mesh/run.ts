import { measureEmbedded } from './ledger/embedded'
import { measureProtocol } from './ledger/protocol'
import { measureBeside } from './live/beside'
import { withKafka } from './live/broker'
import { measureMesh } from './live/mesh'
import { readOptions } from './options'
import { measureTogether } from './reactors/together'
import { reportOf, say } from './report'

/**
 * How fast the house is over real parts: commands and latency of the mesh, a process a service, over a real Kafka and
 * the test kit's EventStoreDB server; what reactors cost together and apart; and what group commit brings, over that server and over the embedded file.
 *
 *   npm run bench:mesh -- [--accounts=N] [--commands=N] [--seconds=N] [--rounds=N] [--apart]
 *                         [--only=ledger|reactors|mesh|gateway] [--output=json]
 */
const main = async (): Promise<void> => {
  const options = readOptions()
  const { only, rounds } = options
  const wants = (part: typeof only): boolean => only === undefined || only === part
  const ledger = wants('ledger') ? [await measureEmbedded(rounds), await measureProtocol(rounds)] : []
  const reactors = wants('reactors') ? [await measureTogether(options)] : []
  const mesh = wants('mesh') ? await withKafka((bootstrap) => measureMesh(bootstrap, options)) : []
  // It takes a mesh of its own, so only who asks for it waits for that.
  const beside = only === 'gateway' ? await withKafka((bootstrap) => measureBeside(bootstrap, options)) : []
  process.stdout.write(reportOf([...ledger, ...reactors, ...(mesh ?? []), ...(beside ?? [])], options))
}

void main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
