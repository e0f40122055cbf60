import { formatTime, type LedgerEvent } from '@novation/events'
import {
  breakerCourses,
  type Course,
  type CourseRound,
  incidents,
  indexCourses,
  quotesOf,
  textOf,
  timeOf,
} from '@novation/risk/kit'
import { checkLaws, givenNothing } from '../kit'
import { asAnna, atTime, carried, quote, setIndex, withSources } from '../kit/oracle'
import type { Sent, World } from '../kit/world'
import { isUsable } from '../state/oracle'
import type { Pool } from '../state/pool'

const clock = (time: string): string => textOf(Date.parse(time))

/** What happened to an index, in the words of a course. */
const told = (event: LedgerEvent, index: string): readonly string[] => {
  switch (event.type) {
    case 'SourcesScored': {
      const { tally, halved } = event.data
      if (event.data.index !== index || halved.length === 0) return []
      return [
        `off ${tally.map(({ source, off, rounds }) => `${source} ${off}/${rounds}`).join(' ')}`,
        `halved ${halved.join(' ')}`,
      ]
    }
    case 'IndexTicked': {
      const { price, slow, observedAt, confidence, sources } = event.data
      return event.data.index === index
        ? [`${price} slow ${slow} at ${clock(observedAt)} +-${confidence} of ${sources.join(' ')}`]
        : []
    }
    case 'IndexHeld': {
      const { candidate, observedAt, why } = event.data
      return event.data.index === index ? [`held ${candidate} at ${clock(observedAt)} ${why}`] : []
    }
    default:
      return []
  }
}

const usable = ({ oracle }: Pool, index: string, at: number): string => {
  const [terms, now] = [oracle?.terms.get(index), oracle?.indices.get(index)]
  return terms !== undefined && now !== undefined && isUsable(terms, now, at) ? 'usable' : 'unusable'
}

const outcome = (pool: Pool, { processed, events }: Sent, index: string): readonly string[] => {
  if (processed.tag === 'refused') return [processed.code]
  const happened = events.flatMap((event) => told(event, index))
  if (happened.length > 0) return happened
  return [pool.oracle?.indices.get(index)?.held === undefined ? 'silent' : 'still-held']
}

/** What the weight of fresh quotes was stands in no event. */
const withoutWeight = (words: string): string => words.replace(/, weighs \d+/, '')

const ignoredIn = ({ events }: Sent): readonly string[] =>
  events
    .flatMap((event) => (event.type === 'QuotesTaken' ? event.data.ignored : []))
    .map(({ source, why }) => `${source} ${why}`)

const equivocatedIn = ({ events }: Sent): readonly string[] =>
  events.flatMap((event) => (event.type === 'SourceEquivocated' ? [event.data.source] : []))

const brought = (round: CourseRound) =>
  quotesOf(round).map(({ forged, at, ...said }) =>
    quote({ ...said, at: formatTime(at) }, forged === true ? 'somebody' : said.source),
  )

const play = (world: World, round: CourseRound): World => {
  const at = timeOf(round.at)
  const after = carried(...brought(round))(atTime(at)(world))
  const sent = after.sent.at(-1)
  if (sent === undefined) throw new RangeError('nothing was sent')
  const expected = round.expect.map(withoutWeight)
  const names = expected.map((words) => words.split(': ')[0] ?? '')
  expect(
    names.map((id) => `${id}: ${[...outcome(after.pool, sent, id), usable(after.pool, id, at)].join(', ')}`),
  ).toEqual(expected)
  // What is refused is not even recorded: nobody says of its quotes why.
  expect(ignoredIn(sent)).toEqual(sent.processed.tag === 'refused' ? [] : (round.ignored ?? []))
  expect(equivocatedIn(sent)).toEqual(round.equivocated ?? [])
  return after
}

const sourcesOf = ({ indices, rounds }: Course): readonly string[] => [
  ...new Set([
    ...indices.flatMap(({ sources }) => sources.map(({ source }) => source)),
    ...rounds.flatMap((round) => quotesOf(round).map(({ source }) => source)),
  ]),
]

describe('the ledger makes of signed quotes', () => {
  const courses = [...indexCourses, ...breakerCourses, ...incidents]
  it.each(courses.map((course) => [course.name, course] as const))('what it must: %s', (_, course) => {
    const begun = givenNothing(
      withSources(...sourcesOf(course)),
      ...course.indices.map((index) => asAnna(setIndex(index))),
    ).world
    // Postings sum to zero, the house is flat, and whoever reads the events comes to the same state.
    checkLaws(course.rounds.reduce(play, begun))
  })
})
