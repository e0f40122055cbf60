import { postingsHeader, postingsRows } from '@novation/audit'
import { publicForm } from '@novation/events'
import { exitCodes } from '../exit-code'
import { between, understood, whichLedger, whileReading } from '../ledger/reading'
import { progress } from '../report/progress'
import { defaulted } from '../settings/flag'
import { oneOf, PlaceText } from '../settings/texts'
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
  },
  examples: [
    'novation export --ledger=.novation --output=csv > postings.csv',
    'novation export --ledger=.novation --from=100 --to=@2020-03-12T11:00:00Z > events.jsonl',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, async (store, pool) => {
      const shown = progress(world, 'export', 'events')
      let done = 0
      if (settings.output === 'csv') await world.out.write(postingsHeader)
      for await (const recorded of between(store, pool, settings.from, settings.to)) {
        if (world.interrupted.aborted) {
          await shown.finish()
          await world.err.write(`interrupted: go on with --from=${recorded.revision}\n`)
          return exitCodes.interrupted
        }
        const text =
          settings.output === 'csv' ? postingsRows(understood(recorded)) : `${JSON.stringify(publicForm(recorded))}\n`
        await world.out.write(text)
        done += 1
        await shown.update(done, `revision ${recorded.revision}`)
      }
      await shown.finish()
      return exitCodes.ok
    }),
})
