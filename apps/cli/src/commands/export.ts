import { exportForms, firstAt, upTo } from '@novation/audit'
import { oneOf } from '@novation/events'
import { exitCodes } from '../exit-code'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { progress } from '../report/progress'
import { defaulted } from '../settings/flag'
import { toggle } from '../settings/shared'
import { PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'

const place = (fallback: string, help: string) => defaulted('POSITION', PlaceText, fallback, help)

export const exportCommand = subcommand({
  name: 'export',
  summary: 'Events as JSON lines that `import` makes the same ledger of, postings as CSV, or commands for `run`.',
  operands: [],
  flags: {
    ...whichLedger,
    from: place('start', 'the first event: start, end, a revision, or @ and a time'),
    to: place('end', 'the last event, itself included'),
    output: defaulted(
      'csv|jsonl|commands',
      oneOf('csv', 'jsonl', 'commands'),
      'jsonl',
      'postings (csv), whole events (jsonl), or what outsiders asked (commands), each at the time it was decided',
    ),
    noHeader: toggle('no line of column names, to go on with a csv that was interrupted'),
  },
  examples: [
    'novation export --ledger=.novation --output=csv > postings.csv',
    'novation export --ledger=.novation --from=100 --to=@2020-03-12T11:00:00Z > events.jsonl',
    'novation export --ledger=.novation --output=commands > commands.ndjson',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const isCsv = settings.output === 'csv'
      const shown = progress(world, 'export', 'events')
      const first = await firstAt(store, pool, settings.from)
      let next = first
      const { header, linesOf } = exportForms[settings.output]
      if (!settings.noHeader && header !== '') await world.out.write(header)
      for await (const recorded of upTo(store, pool, first, settings.to)) {
        if (world.interrupted.aborted || world.out.isGone()) break
        await world.out.write(linesOf(recorded))
        next = recorded.revision + 1
        await shown.update(next - first, `revision ${recorded.revision}`)
      }
      await shown.finish()
      return world.interrupted.aborted
        ? interrupted(world, `go on with --from=${next}${isCsv ? ' --no-header' : ''}, and put it behind what is there`)
        : exitCodes.ok
    }),
})
