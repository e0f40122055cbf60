import {
  accountStory,
  eventStory,
  folderShelf,
  isKey,
  keyStory,
  locate,
  type Place,
  type Shelf,
  stateAt,
  stateBefore,
  type Walk,
} from '@novation/audit'
import type { Book } from '@novation/clearing'
import { streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { sayPassedOver, shelfOf, snapshots } from '../ledger/shelf'
import { describeAccountStory, describeEventStory, describeKeyStory } from '../report/explanation'
import { progress } from '../report/progress'
import { optional } from '../settings/flag'
import { at, output } from '../settings/shared'
import { PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'

const notThere = (word: string): Failure =>
  new Failure({
    id: 'nothing-to-explain',
    exit: exitCodes.failed,
    what: `there is no account, event or command ${word} up to that position`,
    remedy: 'name an account, the revision or the id of an event, or the id of a command; or ask for a later --at',
  })

const noStory = (word: string): Failure =>
  new Failure({
    id: 'no-story',
    exit: exitCodes.usage,
    what: `${word} names an event, which has causes and consequences and no story that could begin with --from`,
    remedy: 'leave --from out, or name an account',
  })

interface Told {
  readonly json: unknown
  readonly text: string
}

interface Asked extends Walk {
  readonly pool: string
  readonly at: Place
}

const tellAccount = async (
  store: EventStore,
  account: string,
  asked: Asked,
  beginning?: Book,
): Promise<Told | undefined> => {
  const history = store.read(streamOf(asked.pool), (beginning?.revision ?? -1) + 1)
  const found = await accountStory(history, { ...asked, account, ...(beginning === undefined ? {} : { beginning }) })
  return found === undefined ? undefined : { json: found, text: describeAccountStory(found) }
}

const tellEvent = async (
  store: EventStore,
  shelf: Shelf,
  revision: number,
  asked: Asked,
): Promise<Told | undefined> => {
  const read = (from: number) => store.read(streamOf(asked.pool), from)
  const state = async (until: number) =>
    (await stateAt(shelf, asked.pool, { tag: 'revision', revision: until }, read)).pool
  const found = await eventStory(read, { ...asked, revision, stateAt: state })
  return found === undefined ? undefined : { json: found, text: describeEventStory(found) }
}

const tellKey = async (store: EventStore, key: string, asked: Asked): Promise<Told | undefined> => {
  const found = await keyStory(store.read(streamOf(asked.pool), 0), key, asked)
  return found === undefined ? undefined : { json: found, text: describeKeyStory(found) }
}

export const explain = subcommand({
  name: 'explain',
  summary:
    'Why: the story of an account, or the causes and consequences of an event, each number with its source; or what a key has signed.',
  operands: ['<ACCOUNT|EVENT|KEY>'],
  flags: {
    ...whichLedger,
    snapshots,
    from: optional(
      'POSITION',
      PlaceText,
      'where the story of an account begins; from a snapshot, so that it is there soon',
    ),
    at,
    output,
  },
  examples: [
    'novation explain --ledger=.novation alice',
    'novation explain --ledger=.novation 812',
    'novation explain --ledger=.novation ed25519:HUvsXhk3yVDTzIVgf2Rf8XHXGfmU15wIZLRy-H1IiBw',
    'novation explain --ledger=.novation alice --from=@2020-03-12T10:00:00Z --at=@2020-03-12T10:45:00Z --output=json',
  ],
  run: async (settings, [word = ''], world) =>
    whileReading(settings, world, async (store, pool) => {
      const total = ((await store.last(streamOf(pool)))?.revision ?? -1) + 1
      const shown = progress(world, 'explain', 'events', total)
      const asked: Asked = {
        pool,
        at: settings.at,
        signal: world.interrupted,
        onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
      }
      if (isKey(word)) {
        const found = await tellKey(store, word, asked)
        await shown.finish()
        if (found === undefined) return interrupted(world, 'nothing was written; start it again')
        await world.out.write(settings.output === 'json' ? `${JSON.stringify(found.json)}\n` : found.text)
        return exitCodes.ok
      }
      const shelf = folderShelf(shelfOf(settings))
      const read = (first: number) => store.read(streamOf(pool), first)
      const beginning =
        settings.from === undefined
          ? undefined
          : await stateBefore(shelf, pool, settings.from, read, sayPassedOver(world), asked)
      const located = beginning?.accounts.has(word) === true ? { account: word } : await locate(read(0), word, asked)
      if (settings.from !== undefined && located !== undefined && 'revision' in located) throw noStory(word)
      const told =
        located === undefined || world.interrupted.aborted
          ? undefined
          : 'account' in located
            ? await tellAccount(store, located.account, asked, beginning)
            : await tellEvent(store, shelf, located.revision, asked)
      await shown.finish()
      if (world.interrupted.aborted)
        return interrupted(world, 'nothing was written; start it again, with an earlier --at if it takes too long')
      if (told === undefined) throw notThere(word)
      await world.out.write(settings.output === 'json' ? `${JSON.stringify(told.json)}\n` : told.text)
      return exitCodes.ok
    }),
})
