import { extname, join } from 'node:path'
import { type PastAnswer, type Question, runGateway } from '@novation/gateway'
import { fileCheckpoints, type HttpSettings, openThread } from '@novation/platform'
import type { Given } from './given'

/** Beside what every service is given: where to answer, and what the thread that looks at the past has to know. */
export interface Serving extends Given {
  readonly listen: HttpSettings
  /** The folder of the embedded ledger. */
  readonly ledger: string
  readonly listening: (url: string) => void
}

const checkpointEvery = 10_000

/** What the thread of the past is given: where the ledger is. */
export interface PastOf {
  readonly ledger: string
}

/** The gateway in this process, and beside it a thread that works out the past. */
export const gateway = async (
  { pools, store, bus, scheduler, watch, data, listen, ledger, listening }: Serving,
  signal: AbortSignal,
): Promise<void> => {
  const file = join(__dirname, `past-thread${extname(__filename)}`)
  const thread = openThread<Question, PastAnswer>(file, { ledger } satisfies PastOf)
  const group = 'novation-gateway'
  try {
    await runGateway(
      {
        pools,
        group,
        store,
        bus,
        scheduler,
        listen,
        askPast: thread.ask,
        checkpoints: (reactor) =>
          fileCheckpoints({
            directory: `${data}/${group}`,
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
        report: { ...watch.reactor('gateway'), answered: watch.answered, listening },
      },
      signal,
    )
  } finally {
    await thread.close()
  }
}
