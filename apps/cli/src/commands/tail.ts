import { firstAt, fits, upTo } from '@novation/audit'
import { published } from '@novation/events'
import { exitCodes } from '../exit-code'
import { interrupted } from '../interrupted'
import { understood, whichLedger, whileReading } from '../ledger/reading'
import { EventFilterText } from '../settings/event-filter'
import { defaulted, optional } from '../settings/flag'
import { toggle } from '../settings/shared'
import { PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'

/** How long news may go unseen. */
const poll_ms = 200

export const tail = subcommand({
  name: 'tail',
  summary: 'Events as JSON lines, from any position, and with --follow as they happen.',
  operands: [],
  flags: {
    ...whichLedger,
    from: defaulted('POSITION', PlaceText, 'start', 'the first event: start, end, a revision, or @ and a time'),
    follow: toggle('go on as events happen, until Ctrl-C'),
    filter: optional('type:…,account:…', EventFilterText, 'only events of these types, or about these accounts'),
  },
  examples: [
    'novation tail --ledger=.novation --filter=type:MarginCall,type:Liquidated',
    'novation tail --ledger=.novation --from=end --follow',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const shows = fits(settings.filter ?? { types: [], accounts: [] })
      const isOver = (): boolean => world.interrupted.aborted || world.out.isGone()
      let next = await firstAt(store, pool, settings.from)
      const showNews = async (): Promise<void> => {
        for await (const recorded of upTo(store, pool, next, { tag: 'end' })) {
          if (isOver()) return
          next = recorded.revision + 1
          if (shows(understood(recorded))) await world.out.write(`${published(recorded).text}\n`)
        }
      }
      await showNews()
      while (settings.follow && !isOver()) {
        await world.clock.sleep(poll_ms, world.interrupted)
        await showNews()
      }
      return world.interrupted.aborted ? interrupted(world, `go on with --from=${next}`) : exitCodes.ok
    }),
})
