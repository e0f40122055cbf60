import { firstAt, postingsHeader, postingsRows, upTo } from '@novation/audit'
import { oneOf, published } from '@novation/events'
import { exitCodes } from '../exit-code'
import { interrupted } from '../interrupted'
import { understood, whichLedger, whileReading } from '../ledger/reading'
import { progress } from '../report/progress'
import { defaulted } from '../settings/flag'
import { toggle } from '../settings/shared'
import { PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'

const place = (fallback: string, help: string) => defaulted('POSITION', PlaceText, fallback, help)

export const exportCommand = subcommand({
  name: 'export',
  summary: 'Postings as CSV for accountants, or events as JSON lines that `import` makes the same ledger of.',
  operands: [],
  flags: {
    ...whichLedger,
    from: place('start', 'the first event: start, end, a revision, or @ and a time'),
    to: place('end', 'the last event, itself included'),
    output: defaulted('csv|jsonl', oneOf('csv', 'jsonl'), 'jsonl', 'postings (csv) or whole events (jsonl)'),
    noHeader: toggle('no line of column names, to go on with a csv that was interrupted'),
  },
  examples: [
    'novation export --ledger=.novation --output=csv > postings.csv',
    'novation export --ledger=.novation --from=100 --to=@2020-03-12T11:00:00Z > events.jsonl',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const isCsv = settings.output === 'csv'
      const shown = progress(world, 'export', 'events')
      const first = await firstAt(store, pool, settings.from)
      let next = first
      if (isCsv && !settings.noHeader) await world.out.write(postingsHeader)
      for await (const recorded of upTo(store, pool, first, settings.to)) {
        if (world.interrupted.aborted || world.out.isGone()) break
        await world.out.write(isCsv ? postingsRows(understood(recorded)) : `${published(recorded).text}\n`)
        next = recorded.revision + 1
        await shown.update(next - first, `revision ${recorded.revision}`)
      }
      await shown.finish()
      return world.interrupted.aborted
        ? interrupted(world, `go on with --from=${next}${isCsv ? ' --no-header' : ''}, and put it behind what is there`)
        : exitCodes.ok
    }),
})
