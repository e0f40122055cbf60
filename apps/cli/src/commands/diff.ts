import { type Diff, diff, folderShelf, type Place, stateAt, type Walk } from '@novation/audit'
import { emptyPool } from '@novation/clearing'
import { streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { sayPassedOver, shelfOf, snapshots } from '../ledger/shelf'
import { describeDiff } from '../report/diff'
import { progress } from '../report/progress'
import { defaulted, required } from '../settings/flag'
import { output } from '../settings/shared'
import { PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'
import type { World } from '../world'

const backwards = (from: number, to: number): Failure =>
  new Failure({
    id: 'usage',
    exit: exitCodes.usage,
    what: `--from is revision ${from}, and there is nothing from there to --to (${to})`,
    remedy: 'name the earlier position with --from and the later one with --to',
  })

interface Settings {
  readonly from: Place
  readonly to: Place
  readonly ledger: string | undefined
  readonly snapshots: string | undefined
}

/** Nothing where it was interrupted. */
const compare = async (
  settings: Settings,
  store: EventStore,
  name: string,
  world: World,
): Promise<Diff | undefined> => {
  const shown = progress(world, 'diff', 'events')
  const read = (from: number) => store.read(streamOf(name), from)
  const how: Walk = {
    signal: world.interrupted,
    onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
  }
  const shelf = folderShelf(shelfOf(settings))
  const { pool = emptyPool(name) } = await stateAt(shelf, name, settings.from, read, sayPassedOver(world), how)
  const found = await diff(pool, settings.to, read, how)
  await shown.finish()
  if (found === undefined || world.interrupted.aborted) return undefined
  if (settings.to.tag === 'revision' && settings.to.revision < found.from)
    throw backwards(found.from, settings.to.revision)
  return found
}

export const diffCommand = subcommand({
  name: 'diff',
  summary: 'What differs between two positions: balances, positions, statuses, funds, and the events that made it so.',
  operands: [],
  flags: {
    ...whichLedger,
    snapshots,
    from: required('POSITION', PlaceText, 'the earlier state: start, end, a revision, or @ and a time'),
    to: defaulted('POSITION', PlaceText, 'end', 'the later state'),
    output,
  },
  examples: [
    'novation diff --ledger=.novation --from=800 --to=812',
    'novation diff --ledger=.novation --from=@2020-03-12T10:00:00Z --output=json',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, name) => {
      const found = await compare(settings, store, name, world)
      if (found === undefined)
        return interrupted(world, 'nothing was written; start it again, with positions nearer to each other')
      await world.out.write(settings.output === 'json' ? `${JSON.stringify(found)}\n` : describeDiff(found))
      return exitCodes.ok
    }),
})
