import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import {
  type Checkpoint,
  type InPieces,
  inOnePass,
  type ReadFrom,
  readCheckpoints,
  resumeCourse,
  type Suspended,
  startThreads,
  type Verification,
  type VerifyOptions,
  verify,
  verifyFrom,
  verifyInPieces,
} from '@novation/audit'
import { oneOf, streamOf, wholeNumber } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { checkedArithmetic } from '../ledger/arithmetic'
import { keepFile } from '../ledger/keep-file'
import { publicKeyOf, readText } from '../ledger/key-files'
import { type Which, whichLedger, whileReading } from '../ledger/reading'
import { shelfOf, snapshots } from '../ledger/shelf'
import { progress } from '../report/progress'
import { describeVerification } from '../report/verification'
import { defaulted, optional } from '../settings/flag'
import { output } from '../settings/shared'
import { PathText } from '../settings/texts'
import { subcommand } from '../subcommand'

/** The checkpoints of a file, verified with the public key alone. */
const checkpointsOf = (file: string | undefined, key: string | undefined, pool: string): readonly Checkpoint[] => {
  if (file === undefined && key === undefined) return []
  if (file === undefined || key === undefined)
    throw new Failure({
      id: 'usage',
      exit: exitCodes.usage,
      what: 'checkpoints and the key that signed them belong together',
      remedy: 'name both, --checkpoints and --public-key',
    })
  const read = readCheckpoints(readText(file), pool, publicKeyOf(key))
  if (read._tag === 'Right') return read.right
  throw new Failure({
    id: 'bad-checkpoints',
    exit: exitCodes.mismatch,
    what: `${file} is not to be believed`,
    why: read.left,
    remedy: 'take the file from where it was kept apart from the ledger',
  })
}

const unusable = (file: string, why: string): Failure =>
  new Failure({
    id: 'bad-resume',
    exit: exitCodes.usage,
    what: `the verification in ${file} cannot go on`,
    why,
    remedy: 'leave --resume out to verify from the first event',
  })

const interruptedIn = (file: string, options: VerifyOptions) => {
  let json: unknown
  try {
    json = JSON.parse(readText(file))
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unusable(file, 'it is not JSON')
  }
  const course = resumeCourse(json, options)
  if (course._tag === 'Left') throw unusable(file, course.left)
  return course.right
}

/** Puts what has been verified aside, and says how to go on. */
const keepInterrupted = async (
  settings: Which & { readonly resume: string | undefined },
  suspended: Suspended,
): Promise<string> => {
  const file = settings.resume ?? join(settings.ledger ?? '.', 'verify-interrupted.json')
  await keepFile(file, JSON.stringify(suspended))
  return `verified up to revision ${suspended.revision}; the same command with --resume=${file} goes on from there`
}

/** A shorter ledger is verified sooner than threads have begun. */
const worthThreads = 20_000

/** How many threads: as many as are asked for, else by the cores. What was interrupted goes on as it began, in one. */
const workersFor = (asked: number | undefined, events: number, isResumed: boolean): number => {
  if (isResumed) return 1
  return asked ?? (events < worthThreads ? 1 : availableParallelism())
}

const inThreads = async (count: number, read: ReadFrom, asked: InPieces): Promise<Verification> => {
  const threads = startThreads(count)
  try {
    return await verifyInPieces(read, asked, threads)
  } finally {
    await threads.end()
  }
}

export const verifyCommand = subcommand({
  name: 'verify',
  summary:
    'Proves a ledger: chain, balance, and every command decided again. Exit 3 and the first broken revision otherwise.',
  operands: [],
  flags: {
    ...whichLedger,
    depth: defaulted(
      'everything|signature|fold|chain',
      oneOf('everything', 'signature', 'fold', 'chain'),
      'everything',
      'signature leaves out deciding again; fold, signatures too; chain looks at bytes, links and order only',
    ),
    checkpoints: optional('FILE', PathText, 'signed checkpoints to hold it against'),
    snapshots,
    publicKey: optional('FILE', PathText, 'the public key they were signed for, in PEM'),
    workers: optional(
      'N',
      wholeNumber(1, 1024),
      'how many threads, each with a book of its own, of which a state takes one between two snapshots; by default as many as there are cores, and one for a short ledger',
    ),
    resume: optional('FILE', PathText, 'go on where an interrupted verification has left this file'),
    output,
  },
  examples: [
    'novation verify --ledger=.novation',
    'novation verify --ledger=.novation --checkpoints=checkpoints.jsonl --public-key=public.pem',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const arithmetic = checkedArithmetic()
      const total = ((await store.last(streamOf(pool)))?.revision ?? -1) + 1
      const checkpoints = checkpointsOf(settings.checkpoints, settings.publicKey, pool)
      const shown = progress(world, 'verify', 'events', total)
      const asked: InPieces = {
        pool,
        depth: settings.depth,
        checkpoints,
        snapshots: shelfOf(settings),
        signal: world.interrupted,
        total,
        onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
      }
      const options = inOnePass(asked)
      const from = settings.resume === undefined ? undefined : interruptedIn(settings.resume, options)
      const read = (revision: number) => store.read(streamOf(pool), revision)
      const workers = workersFor(settings.workers, total, from !== undefined)
      const onePass = () =>
        from === undefined ? verify(read(0), options) : verifyFrom(from, read(from.link.next), options)
      const found = workers === 1 ? await onePass() : await inThreads(workers, read, asked)
      await shown.finish()
      if (from !== undefined)
        await world.err.write(
          `revisions 0 to ${from.link.next - 1} are taken from ${settings.resume} as verified before\n`,
        )
      const { state: _state, suspended, ...told } = found
      await world.out.write(
        settings.output === 'json'
          ? `${JSON.stringify({ ...told, arithmetic })}\n`
          : describeVerification(found, arithmetic),
      )
      if (!found.sound) return exitCodes.mismatch
      if (found.complete) return exitCodes.ok
      return interrupted(
        world,
        suspended === undefined
          ? `proven up to revision ${found.revision} by its pieces, from which nothing can go on; start it again, or with --workers=1, which goes on from where it is left`
          : await keepInterrupted(settings, suspended),
      )
    }),
})
