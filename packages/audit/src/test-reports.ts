import type { Stored } from '@novation/events'
import { diff } from './diff/diff'
import { disclosure } from './disclosure/disclosure'
import { accountStory } from './explain/account-story'
import { eventStory } from './explain/event-story'
import { end, type Place } from './place'
import { eventful } from './test-eventful'
import { foldOf, runLines, services, start_ms, storedOf } from './test-world'
import { postingsHeader, postingsRows } from './transfer/postings-csv'
import { readOverrides } from './what-if/overrides'
import { whatIf } from './what-if/what-if'

const events = runLines(eventful)
const ledger = storedOf(events)
const pool = 'main'
const read = (from: number): readonly Stored[] => ledger.slice(from)
const at = (revision: number): Place => ({ tag: 'revision', revision })
const second = (after: number): Place => ({ tag: 'time', at: start_ms + after * 1000 })
const stateAt = async (revision: number) => foldOf(events.slice(0, revision + 1))

const each = async <A, B>(items: readonly A[], make: (item: A) => Promise<B>): Promise<readonly B[]> => {
  const made: B[] = []
  for (const item of items) made.push(await make(item))
  return made
}

const stories = () =>
  each(
    [
      ...['alice', 'bob', 'carol', 'dora', 'eve', 'frank', 'kim', 'nobody'].map((account) => [account, end] as const),
      // Amid a command, between two, and by time.
      ...[52, 66, 76, 93].map((revision) => ['alice', at(revision)] as const),
      ['eve', second(100)] as const,
    ],
    async ([account, place]) => (await accountStory(ledger, { pool, account, at: place })) ?? null,
  )

const eventStories = () => {
  const oneOfEach = events.filter(({ type }, i) => events.findIndex((event) => event.type === type) === i)
  const some = [16, 47, 67, 74, 77, 80, 84, 101, 116]
  return each([...oneOfEach.map(({ revision }) => revision), ...some], async (revision) => [
    revision,
    await eventStory(read, { pool, revision, at: revision === 77 ? at(93) : end, stateAt }),
  ])
}

const differences = () =>
  each(
    [
      [-1, end],
      [30, at(60)],
      [49, second(60)],
      [69, at(80)],
      [76, at(101)],
      [88, at(92)],
      [101, end],
    ] as const,
    async ([from, to]) => diff(foldOf(events.slice(0, from + 1)), to, read),
  )

const disclosures = () =>
  each(
    [
      { to: end, stress: '0.1', interval_s: 3600 },
      { to: end, stress: '0.5', interval_s: 60 },
      { from: second(60), to: second(4900), stress: '1.5', interval_s: 600 },
      { from: at(54), to: at(101), stress: '0.2', interval_s: 10 },
    ],
    async (options) => {
      const found = await disclosure(ledger, { pool, ...options })
      return found && { ...found, figures: found.figures.map(({ name, value }) => [name, value]) }
    },
  )

const alternatives = () =>
  each(
    [
      {},
      { pool: { callPeriod_s: 60, priceTolerance_s: 600 } },
      {
        pool: {
          waterfall: { skinInTheGame: '0' },
          liquidation: { auction: { fastSeconds: 30 } },
        },
      },
      { instruments: { 'BTC-PERP': { margin: { model: 'tiered', tiers: [{ initial: '0.3', maintenance: '0.2' }] } } } },
      {
        instruments: { 'BTC-PERP': { liquidation: { fee: '0.02', auction: { slowSeconds: 60 } } } },
        pool: { liquidation: { buffer: '0.3' } },
      },
    ],
    async (json) => {
      const overrides = readOverrides(json)
      if (overrides._tag === 'Left') return overrides.left
      const made = (from: Place) =>
        whatIf(ledger, { pool, overrides: overrides.right, reactors: services, maxSettle: 1000, from })
      return [await made(at(0)), await made(at(60))]
    },
  )

/** Everything that this room tells of one eventful history, by the name of the file in which it stands. */
export const reports: Readonly<Record<string, () => Promise<unknown>>> = {
  'account-stories.json': stories,
  'event-stories.json': eventStories,
  'differences.json': differences,
  'disclosures.json': disclosures,
  'alternatives.json': alternatives,
  'postings.json': async () => [postingsHeader, ...events.map(postingsRows)],
}
