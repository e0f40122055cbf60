import { type ExplainAsked, explain, folderShelf, type Story } from '@novation/audit'
import { streamOf } from '@novation/events'
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

const describe = (told: Story): string => {
  switch (told.of) {
    case 'account':
      return describeAccountStory(told.story)
    case 'event':
      return describeEventStory(told.story)
    case 'key':
      return describeKeyStory(told.story)
  }
}

export const explainCommand = subcommand({
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
      const asked: ExplainAsked = {
        pool,
        at: settings.at,
        ...(settings.from === undefined ? {} : { from: settings.from }),
        signal: world.interrupted,
        onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
      }
      const shelf = folderShelf(shelfOf(settings))
      const read = (first: number) => store.read(streamOf(pool), first)
      const told = await explain(read, shelf, word, asked, sayPassedOver(world))
      await shown.finish()
      if (world.interrupted.aborted)
        return interrupted(world, 'nothing was written; start it again, with an earlier --at if it takes too long')
      if (told === undefined) throw notThere(word)
      if (told.of === 'no-story') throw noStory(word)
      await world.out.write(settings.output === 'json' ? `${JSON.stringify(told.story)}\n` : describe(told))
      return exitCodes.ok
    }),
})
