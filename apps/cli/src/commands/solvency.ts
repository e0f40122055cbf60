import { folderShelf, stateAt } from '@novation/audit'
import { statementOf } from '@novation/clearing'
import { streamOf } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { sayPassedOver, shelfOf, snapshots } from '../ledger/shelf'
import { progress } from '../report/progress'
import { describeStatement } from '../report/statement'
import { at, output } from '../settings/shared'
import { subcommand } from '../subcommand'

const nothingYet = new Failure({
  id: 'no-events',
  exit: exitCodes.failed,
  what: 'there is no event at or before that position',
  remedy: 'ask for a later position, or for --at=end',
})

export const solvency = subcommand({
  name: 'solvency',
  summary: 'What the house holds and owes, at any revision or time. Exit 4 where it is insolvent.',
  operands: [],
  flags: { ...whichLedger, at, snapshots, output },
  examples: [
    'novation solvency --ledger=.novation',
    'novation solvency --ledger=.novation --at=812 --output=json',
    'novation solvency --ledger=.novation --at=@2020-03-12T10:45:00Z',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, name) => {
      const shown = progress(world, 'solvency', 'events')
      const { pool, halfway } = await stateAt(
        folderShelf(shelfOf(settings)),
        name,
        settings.at,
        (from) => store.read(streamOf(name), from),
        sayPassedOver(world),
        {
          signal: world.interrupted,
          onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
        },
      )
      await shown.finish()
      if (world.interrupted.aborted)
        return interrupted(world, 'nothing was written; `novation snapshot` makes the same question quick')
      if (pool === undefined) throw nothingYet
      const statement = statementOf(pool, halfway)
      await world.out.write(
        settings.output === 'json' ? `${JSON.stringify(statement)}\n` : describeStatement(statement),
      )
      return statement.solvent ? exitCodes.ok : exitCodes.finding
    }),
})
