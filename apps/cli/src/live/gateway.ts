import { extname, join } from 'node:path'
import { type PastAnswer, type Question, readTokens, runGateway, type TokenEntry } from '@novation/gateway'
import { fileCheckpoints, openThread, systemDisk } from '@novation/platform'
import type { GatewayGiven, Given } from './given'
import { readSite } from './site'

const checkpointEvery = 10_000

/** What the thread of the past is given: where the ledger is, and its snapshots. */
export type PastOf = GatewayGiven['ledger'] & { readonly snapshots: string }

const tokensIn = (path: string) => async (): Promise<readonly TokenEntry[]> => {
  const text = await systemDisk.read(path)
  if (text === undefined) throw new Error(`there is no ${path}`)
  const tokens = readTokens(text)
  if (tokens._tag === 'Left') throw new Error(`${path}: ${tokens.left}`)
  return tokens.right
}

/** The gateway in this process, and beside it a thread that works out the past. */
export const gateway = async (
  { pools, store, bus, scheduler, watch, data, snapshots, gateway: own }: Given,
  signal: AbortSignal,
): Promise<void> => {
  const file = join(__dirname, `past-thread${extname(__filename)}`)
  const thread = openThread<Question, PastAnswer>(file, { ...own.ledger, snapshots } satisfies PastOf)
  try {
    await runGateway(
      {
        pools,
        group: `novation-gateway-${own.instance}`,
        store,
        bus,
        scheduler,
        listen: own.listen,
        origins: own.origins,
        site: readSite(),
        askPast: thread.ask,
        isReadOnly: own.isReadOnly ?? false,
        ...(own.tokens === undefined ? {} : { tokens: tokensIn(own.tokens) }),
        checkpoints: (reactor) =>
          fileCheckpoints({
            directory: `${data}/novation-gateway`,
            name: reactor.name,
            fold: reactor,
            reactors: [reactor],
            every: checkpointEvery,
            passedOver: (reason) =>
              watch.log.warn(
                { service: 'gateway', reason },
                'a checkpoint is passed over; folding from the store instead',
              ),
          }),
        report: {
          ...watch.reactor('gateway'),
          answered: watch.answered,
          watched: watch.gateway,
          listening: own.listening,
          closed: (error) => watch.log.error({ service: 'gateway', reason: String(error) }, 'nobody is let in'),
        },
      },
      signal,
    )
  } finally {
    await thread.close()
  }
}
