import { extname, join } from 'node:path'
import {
  type JobEnd,
  type JobProgress,
  type JobTask,
  type PastAnswer,
  type Question,
  readTokens,
  runGateway,
  type TokenEntry,
} from '@novation/gateway'
import { fileCheckpoints, openSpool, openThread, systemDisk } from '@novation/platform'
import type { GatewayGiven, Given } from './given'
import { placesBeside } from './places'
import { readSite } from './site'

const checkpointEvery = 10_000

/** What the thread of the past is given: where the ledger is, its snapshots, and where moments of this gateway's own are put aside. */
export type PastOf = GatewayGiven['ledger'] & { readonly snapshots: string; readonly aside: string }

/** What the thread of long work is given: where the ledger is, its snapshots, and where what comes of it goes. */
export type JobsOf = GatewayGiven['ledger'] & {
  readonly snapshots: string
  readonly spool: string
}

const tokensIn = (path: string) => async (): Promise<readonly TokenEntry[]> => {
  const text = await systemDisk.read(path)
  if (text === undefined) throw new Error(`there is no ${path}`)
  const tokens = readTokens(text)
  if (tokens._tag === 'Left') throw new Error(`${path}: ${tokens.left}`)
  return tokens.right
}

/** What was signed so far: nothing yet, where there is no such file. */
const signedIn = (path: string | undefined) => async (): Promise<string> =>
  path === undefined ? '' : ((await systemDisk.read(path)) ?? '')

/** The gateway in this process, and beside it a thread that works out the past, and one for what takes its time. */
export const gateway = async (
  { pools, store, bus, scheduler, watch, data, snapshots, gateway: own }: Given,
  signal: AbortSignal,
): Promise<void> => {
  const file = (name: string): string => join(__dirname, `${name}${extname(__filename)}`)
  const past = openThread<Question, PastAnswer>(file('past-thread'), {
    ...own.ledger,
    snapshots,
    aside: `${data}/novation-gateway/moments`,
  } satisfies PastOf)
  const spool = `${data}/novation-gateway/jobs`
  const jobs = openThread<JobTask, JobEnd, JobProgress>(file('job-thread'), {
    ...own.ledger,
    snapshots,
    spool,
  } satisfies JobsOf)
  const places = { directory: `${data}/novation-gateway`, name: 'gateway' }
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
        cors: own.cors ?? [],
        isPublic: own.isPublic ?? false,
        isBehindProxy: own.isBehindProxy ?? false,
        signed: signedIn(own.checkpoints),
        site: readSite(),
        askPast: past.ask,
        jobs: { spool: openSpool(spool), run: (task, hear, signal) => jobs.ask(task, signal, hear) },
        isReadOnly: own.isReadOnly ?? false,
        ...(own.tokens === undefined ? {} : { tokens: tokensIn(own.tokens) }),
        checkpoints: (reactor) =>
          fileCheckpoints({
            ...places,
            beside: placesBeside({ ...own.ledger, ...places, of: 'gateway' }),
            unwritten: (reason) => watch.log.warn({ service: 'gateway', reason }, 'a checkpoint is not written'),
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
          unprepared: (error) =>
            watch.log.warn({ service: 'gateway', reason: String(error) }, 'the past is not prepared'),
          unkept: (error) => watch.log.warn({ service: 'gateway', reason: String(error) }, 'a job is not kept'),
          closed: (error) => watch.log.error({ service: 'gateway', reason: String(error) }, 'nobody is let in'),
        },
      },
      signal,
    )
  } finally {
    await past.close()
    await jobs.close()
  }
}
