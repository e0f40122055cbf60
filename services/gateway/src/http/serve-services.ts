import { Count, formatTime, InstantText, open } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { spotOf } from '../moments/locate'
import { jsonAnswer } from './answers'
import { value } from './described'
import { ofPool } from './line'

const Last = open('LastAsked', { revision: Count, at: InstantText, type: t.string })

const ServicesForm = open(
  'Services',
  {
    /** By this gateway's clock. */
    now: InstantText,
    since: InstantText,
    /** How far it has come. */
    revision: t.number,
    at: InstantText,
    services: t.readonlyArray(open('Service', { service: t.string, commands: Count }, { last: Last })),
    deadLetters: t.readonlyArray(open('DeadLetters', { code: t.string, count: Count, heardAt: InstantText })),
    feeds: open('FeedsNow', { connections: Count, cohorts: Count, behind: Count, flush_ms: Count, took_ms: t.number }),
    commandsWaiting: Count,
    jobs: open('JobsNow', { waiting: Count, running: Count }),
  },
  {
    /** The first revision that commands are counted from. */
    from: Count,
    /** When the newest event came, by this gateway's clock. */
    heardAt: InstantText,
  },
)

/** How the services are, as this gateway hears of them: it is of now, whatever moment is looked at elsewhere. */
export const services = ofPool({
  method: 'GET',
  path: '/services',
  name: 'services',
  summary: 'What each service of the mesh asked last, what the ledger turned away, and how this gateway keeps up',
  seenBy: 'pool',
  query: {},
  answers: value(ServicesForm),
  serve: ({ pulse, feeds, waiting, jobs, scheduler }, { head }) => {
    const { revision, at } = spotOf(head)
    const { from, heard_at, services: heard } = pulse.of(head.book.name)
    const { connections, cohorts, behind, flush_ms, took_ms } = feeds.stats()
    return right(
      jsonAnswer({
        now: formatTime(scheduler.now()),
        since: formatTime(pulse.since),
        revision,
        at,
        services: heard,
        deadLetters: pulse
          .letters()
          .map(({ code, count, heard_at: last }) => ({ code, count, heardAt: formatTime(last) })),
        feeds: { connections, cohorts, behind, flush_ms, took_ms },
        commandsWaiting: waiting.size(),
        jobs: jobs.stats(),
        ...(from === undefined ? {} : { from }),
        ...(heard_at === undefined ? {} : { heardAt: formatTime(heard_at) }),
      }),
    )
  },
})
