import { firstAt, isOutsiders, postingsHeader, postingsRows, upTo } from '@novation/audit'
import { type Command, commandOfToday, oneOf, published, type Stored } from '@novation/events'
import type { RecordedEvent } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { interrupted } from '../interrupted'
import { understood, whichLedger, whileReading } from '../ledger/reading'
import { progress } from '../report/progress'
import { defaulted } from '../settings/flag'
import { toggle } from '../settings/shared'
import { PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'

const place = (fallback: string, help: string) => defaulted('POSITION', PlaceText, fallback, help)

interface Said {
  readonly at: string
  readonly metadata: { readonly command?: Command }
}

/**
 * What an outsider asked, as a line for `run`: at the time at which it was decided. Read from the stored words, so that
 * a ledger of another edition is read as well; what the services asked, their like in `run` ask anew.
 */
const commandLine = ({ body }: Stored): string => {
  const { at, metadata } = JSON.parse(body) as Said
  const { command } = metadata
  return command === undefined || !isOutsiders(command) ? '' : `${JSON.stringify({ ...commandOfToday(command), at })}\n`
}

const linesOf = {
  csv: (recorded: RecordedEvent) => postingsRows(understood(recorded)),
  jsonl: (recorded: RecordedEvent) => `${published(recorded).text}\n`,
  commands: commandLine,
}

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
      if (isCsv && !settings.noHeader) await world.out.write(postingsHeader)
      for await (const recorded of upTo(store, pool, first, settings.to)) {
        if (world.interrupted.aborted || world.out.isGone()) break
        await world.out.write(linesOf[settings.output](recorded))
        next = recorded.revision + 1
        await shown.update(next - first, `revision ${recorded.revision}`)
      }
      await shown.finish()
      return world.interrupted.aborted
        ? interrupted(world, `go on with --from=${next}${isCsv ? ' --no-header' : ''}, and put it behind what is there`)
        : exitCodes.ok
    }),
})
