import { checkpointWitness, folderShelf, readCheckpoints, snapshotWitness, verify } from '@novation/audit'
import { streamOf } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { publicKeyOf, readText } from '../ledger/key-files'
import { whichLedger, whileReading } from '../ledger/reading'
import { shelfOf, snapshots } from '../ledger/shelf'
import { progress } from '../report/progress'
import { describeVerification } from '../report/verification'
import { defaulted, optional } from '../settings/flag'
import { output } from '../settings/shared'
import { oneOf, PathText } from '../settings/texts'
import { subcommand } from '../subcommand'

/** The witnesses of a file of checkpoints, verified with the public key alone. */
const witnessesOf = (file: string | undefined, key: string | undefined, pool: string) => {
  if (file === undefined && key === undefined) return []
  if (file === undefined || key === undefined)
    throw new Failure({
      id: 'usage',
      exit: exitCodes.usage,
      what: 'checkpoints and the key that signed them belong together',
      remedy: 'name both, --checkpoints and --public-key',
    })
  const read = readCheckpoints(readText(file), pool, publicKeyOf(key))
  if (read._tag === 'Right') return read.right.map(checkpointWitness)
  throw new Failure({
    id: 'bad-checkpoints',
    exit: exitCodes.mismatch,
    what: `${file} is not to be believed`,
    why: read.left,
    remedy: 'take the file from where it was kept apart from the ledger',
  })
}

export const verifyCommand = subcommand({
  name: 'verify',
  summary:
    'Proves a ledger: chain, balance, and every command decided again. Exit 3 and the first broken revision otherwise.',
  operands: [],
  flags: {
    ...whichLedger,
    depth: defaulted(
      'everything|fold|chain',
      oneOf('everything', 'fold', 'chain'),
      'everything',
      'fold leaves out deciding again; chain looks at bytes, links and order only',
    ),
    checkpoints: optional('FILE', PathText, 'signed checkpoints to hold it against'),
    snapshots,
    publicKey: optional('FILE', PathText, 'the public key they were signed for, in PEM'),
    output,
  },
  examples: [
    'novation verify --ledger=.novation',
    'novation verify --ledger=.novation --checkpoints=checkpoints.jsonl --public-key=public.pem',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, async (store, pool) => {
      const total = ((await store.last(streamOf(pool)))?.revision ?? -1) + 1
      const shelf = folderShelf(shelfOf(settings))
      const shown = progress(world, 'verify', 'events', total)
      const found = await verify(store.read(streamOf(pool), 0), {
        pool,
        depth: settings.depth,
        witnesses: [
          ...witnessesOf(settings.checkpoints, settings.publicKey, pool),
          ...shelf.labels(pool).map((label) => snapshotWitness(shelf, label)),
        ],
        signal: world.interrupted,
        total,
        onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
      })
      await shown.finish()
      const { state: _state, ...told } = found
      await world.out.write(settings.output === 'json' ? `${JSON.stringify(told)}\n` : describeVerification(found))
      if (!found.sound) return exitCodes.mismatch
      if (found.complete) return exitCodes.ok
      await world.err.write('interrupted: a verification begins at the first event, so start it again\n')
      return exitCodes.interrupted
    }),
})
