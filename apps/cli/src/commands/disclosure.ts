import { disclosure } from '@novation/audit'
import { streamOf, wholeNumber } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { describeDisclosure } from '../report/disclosure'
import { progress } from '../report/progress'
import { defaulted } from '../settings/flag'
import { output } from '../settings/shared'
import { PartText, PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'

const nothingThere = new Failure({
  id: 'no-events',
  exit: exitCodes.failed,
  what: 'there is no event between these positions',
  remedy: 'ask for an earlier --from or a later --to',
})

export const disclosureCommand = subcommand({
  name: 'disclosure',
  summary:
    'The public quantitative disclosure figures (CPMI-IOSCO) that a ledger can answer, by their reference numbers.',
  operands: [],
  flags: {
    ...whichLedger,
    from: defaulted('POSITION', PlaceText, 'start', 'the beginning of the period'),
    to: defaulted('POSITION', PlaceText, 'end', 'the end of the period, itself included'),
    stress: defaulted('PART', PartText, '0.2', 'how far every mark moves, both ways, in the stress of 4.4'),
    interval: defaulted('SECONDS', wholeNumber(1, 31_536_000), '3600', 'how often accounts are looked at'),
    output,
  },
  examples: [
    'novation disclosure --ledger=.novation',
    'novation disclosure --ledger=.novation --from=@2020-01-01T00:00:00Z --to=@2020-03-31T23:59:59Z --output=json',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const total = ((await store.last(streamOf(pool)))?.revision ?? -1) + 1
      const shown = progress(world, 'disclosure', 'events', total)
      const found = await disclosure(store.read(streamOf(pool), 0), {
        pool,
        from: settings.from,
        to: settings.to,
        stress: settings.stress,
        interval_s: settings.interval,
        signal: world.interrupted,
        onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
      })
      await shown.finish()
      if (world.interrupted.aborted)
        return interrupted(world, 'nothing was written; start it again, over a shorter period')
      if (found === undefined) throw nothingThere
      await world.out.write(settings.output === 'json' ? `${JSON.stringify(found)}\n` : describeDisclosure(found))
      return exitCodes.ok
    }),
})
