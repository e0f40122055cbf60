import { checkpointLine, signCheckpoint, statementAt, verify } from '@novation/audit'
import { streamOf, wholeNumber } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { keepFile } from '../ledger/keep-file'
import { privateKeyOf } from '../ledger/key-files'
import { whichLedger, whileReading } from '../ledger/reading'
import { progress } from '../report/progress'
import { defaulted, required } from '../settings/flag'
import { PathText } from '../settings/texts'
import { subcommand } from '../subcommand'

export const checkpoint = subcommand({
  name: 'checkpoint',
  summary: 'Signs where a ledger stands (Ed25519), every N events and at its end, once it has verified.',
  operands: [],
  flags: {
    ...whichLedger,
    key: required('FILE', PathText, 'the private key, in PEM'),
    out: required('FILE', PathText, 'where the checkpoints are written; keep it apart from the ledger'),
    every: defaulted('N', wholeNumber(1, 1_000_000_000), '10000', 'events between two checkpoints'),
  },
  examples: ['novation checkpoint --ledger=.novation --key=key.pem --out=checkpoints.jsonl'],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const key = privateKeyOf(settings.key)
      const last = (await store.last(streamOf(pool)))?.revision ?? -1
      const shown = progress(world, 'checkpoint', 'events', last + 1)
      const lines: string[] = []
      const found = await verify(store.read(streamOf(pool), 0), {
        pool,
        signal: world.interrupted,
        onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
        isWatched: (revision) => (revision + 1) % settings.every === 0 || revision === last,
        onState: (state, event) => void lines.push(checkpointLine(signCheckpoint(statementAt(state, event), key))),
      })
      await shown.finish()
      if (!found.sound)
        throw new Failure({
          id: 'not-sound',
          exit: exitCodes.mismatch,
          what: `the ledger is broken at revision ${found.firstBroken?.revision}, and is not signed`,
          remedy: 'see novation verify',
        })
      if (!found.complete) return interrupted(world, 'nothing was signed; the same command starts again')
      await keepFile(settings.out, lines.join(''))
      await world.out.write(
        `${lines.length} checkpoints of pool ${pool}, the last at revision ${last}, in ${settings.out}\n`,
      )
      return exitCodes.ok
    }),
})
