import { accountStory, type EventStory, eventStory, type Walk, type Wanted } from '@novation/audit'
import { streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { describeAccountStory, describeEventStory } from '../report/explanation'
import { progress } from '../report/progress'
import { at, output } from '../settings/shared'
import type { Place } from '../settings/texts'
import { subcommand } from '../subcommand'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const notThere = (word: string): Failure =>
  new Failure({
    id: 'nothing-to-explain',
    exit: exitCodes.failed,
    what: `there is no account, event or command ${word} up to that position`,
    remedy: 'name an account, the revision or the id of an event, or the id of a command; or ask for a later --at',
  })

/** What a word may name, the likeliest first. */
const meanings = (word: string): readonly (Wanted | { readonly account: string })[] => {
  if (uuid.test(word)) return [{ id: word }, { account: word }, { command: word }]
  if (/^\d{1,15}$/.test(word)) return [{ account: word }, { revision: Number(word) }, { command: word }]
  return [{ account: word }, { command: word }]
}

interface Told {
  readonly json: unknown
  readonly text: string
}

const eventTold = (found: EventStory | undefined): Told | undefined =>
  found === undefined ? undefined : { json: found, text: describeEventStory(found) }

const tell = async (
  store: EventStore,
  pool: string,
  word: string,
  place: Place,
  how: Walk,
): Promise<Told | undefined> => {
  const history = () => store.read(streamOf(pool), 0)
  for (const meaning of meanings(word)) {
    if ('account' in meaning) {
      const found = await accountStory(history(), { pool, account: meaning.account, at: place, ...how })
      if (found !== undefined) return { json: found, text: describeAccountStory(found) }
    } else {
      const found = eventTold(await eventStory(history, { pool, wanted: meaning, at: place, ...how }))
      if (found !== undefined) return found
    }
  }
  return undefined
}

export const explain = subcommand({
  name: 'explain',
  summary: 'Why: the story of an account, or the causes and consequences of an event, each number with its source.',
  operands: ['<ACCOUNT|EVENT>'],
  flags: { ...whichLedger, at, output },
  examples: [
    'novation explain --ledger=.novation alice',
    'novation explain --ledger=.novation 812',
    'novation explain --ledger=.novation alice --at=@2020-03-12T10:45:00Z --output=json',
  ],
  run: async (settings, [word = ''], world) =>
    whileReading(settings, async (store, pool) => {
      const total = ((await store.last(streamOf(pool)))?.revision ?? -1) + 1
      const shown = progress(world, 'explain', 'events', total)
      const told = await tell(store, pool, word, settings.at, {
        signal: world.interrupted,
        onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
      })
      await shown.finish()
      if (world.interrupted.aborted)
        return interrupted(world, 'nothing was written; start it again, with an earlier --at if it takes too long')
      if (told === undefined) throw notThere(word)
      await world.out.write(settings.output === 'json' ? `${JSON.stringify(told.json)}\n` : told.text)
      return exitCodes.ok
    }),
})
