import { folderShelf, takeSnapshots } from '@novation/audit'
import { streamOf, wholeNumber } from '@novation/events'
import { exitCodes } from '../exit-code'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { shelfOf, snapshots } from '../ledger/shelf'
import { progress } from '../report/progress'
import { defaulted } from '../settings/flag'

import { subcommand } from '../subcommand'

export const snapshot = subcommand({
  name: 'snapshot',
  summary: 'Puts states aside every N events, so that any moment is found fast. Caches: they may be thrown away.',
  operands: [],
  flags: {
    ...whichLedger,
    snapshots,
    every: defaulted('N', wholeNumber(1, 1_000_000_000), '5000', 'events between two snapshots'),
  },
  examples: ['novation snapshot --ledger=.novation'],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const last = (await store.last(streamOf(pool)))?.revision ?? -1
      const directory = shelfOf(settings)
      const shown = progress(world, 'snapshot', 'events', last + 1)
      const taken = await takeSnapshots(
        folderShelf(directory),
        pool,
        settings.every,
        (from) => store.read(streamOf(pool), from),
        (revision) => void shown.update(revision + 1, `revision ${revision}`),
        world.interrupted,
      )
      await shown.finish()
      await world.out.write(`${taken} snapshots of pool ${pool} in ${directory}\n`)
      return world.interrupted.aborted
        ? interrupted(world, 'the same command goes on from the last snapshot')
        : exitCodes.ok
    }),
})
