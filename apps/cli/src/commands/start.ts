import { whyNotToBegin } from '@novation/platform'
import type { ExitCode } from '../exit-code'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { checkedArithmetic } from '../ledger/arithmetic'
import { checkGateway } from '../live/gateway-settings'
import { runLive } from '../live/run-live'
import { serviceNames } from '../live/services'
import { life } from '../live/settings'
import { kafkaAccessOf, storeUrlOf } from '../settings/access'
import { subcommand } from '../subcommand'

const usage = (what: string, remedy: string): Failure =>
  new Failure({ id: 'usage', exit: exitCodes.usage, what, remedy })

/** Real parts come together: half of them would be a mesh that forgets. */
const checkParts = (kafka: unknown, eventstore: unknown, named: readonly string[]): void => {
  if ((kafka === undefined) !== (eventstore === undefined))
    throw usage(
      'one of the real parts is missing',
      'name both, --kafka and --eventstore, or neither for the embedded mesh in one process',
    )
  if (named.length > 0 && kafka === undefined)
    throw usage(
      'single services need the real parts between them',
      'name --kafka and --eventstore, or start all services at once: novation start',
    )
  const unknown = named.filter((name) => !serviceNames.includes(name))
  if (unknown.length > 0)
    throw usage(`there is no service ${unknown.join(', ')}`, `there is ${serviceNames.join(', ')}`)
}

/** What a server would refuse at every try is said before anything begins; one that is only away is waited for. */
const checkStore = async (eventstore: string | undefined, pools: readonly string[], names: readonly string[]) => {
  if (eventstore === undefined) return
  const found = await whyNotToBegin(eventstore, pools, names.includes('ledger'))
  if (found === undefined) return
  throw new Failure({
    id: 'store-refuses',
    exit: exitCodes.usage,
    what: 'the EventStoreDB cannot be used so',
    why: `${found.what}: ${found.says}`,
    remedy: 'put that right; novation doctor looks at all the rest',
  })
}

export const start = subcommand({
  name: 'start',
  summary: 'Runs services until told to stop: all in one process, or the named ones against Kafka and EventStoreDB.',
  operands: ['[SERVICE…]'],
  flags: life,
  examples: [
    'novation start --ledger=.novation < commands.ndjson',
    'novation start --ledger=.novation --listen=127.0.0.1:8420',
    'novation start ledger --kafka=localhost:9092 --eventstore=esdb://localhost:2113?tls=false',
    'novation start reactors',
    'novation start margin --shard=0/2',
    'novation start gateway --tokens=tokens.json --listen=0.0.0.0:8420 --tls=cert.pem,key.pem',
  ],
  run: async (settings, named, world): Promise<ExitCode> => {
    checkParts(settings.kafka, settings.eventstore, named)
    const access = kafkaAccessOf(settings)
    const eventstore = storeUrlOf(settings)
    // Before the real parts there is no gateway without tokens; whoever does not name it has the mesh alone.
    const isAnswering = settings.kafka === undefined || settings.tokens !== undefined
    const all = ['ledger', 'reactors', ...(isAnswering ? ['gateway'] : [])]
    const names = named.length === 0 ? all : named
    if (names.includes('gateway')) checkGateway(settings, settings)
    if (names.includes('ledger')) void checkedArithmetic()
    await checkStore(eventstore, settings.pools, names)
    return runLive({ ...settings, access, eventstore }, names, world)
  },
})
