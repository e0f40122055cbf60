import { firstAt, type Place } from '@novation/audit'
import { AmountText, Count, formatTime, Id, InstantText, open, wholeNumber } from '@novation/events'
import { left, map, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { statusText } from '../forms/statement'
import type { Gateway } from '../gateway'
import type { CourseAsked } from '../moments/courses'
import { locateSpot, spotOf } from '../moments/locate'
import type { Told } from '../reads/read'
import { thinned } from '../series/course'
import type { PoolRow } from '../series/pool-course'
import { jsonAnswer } from './answers'
import { askPast } from './ask'
import { value } from './described'
import { type Call, ofPool, type ServedLater } from './line'
import { problem } from './problems'
import { PlaceText } from './shared'

const RowForm = open('SeriesRow', {
  revision: Count,
  at: InstantText,
  frozen: t.boolean,
  marginCalls: Count,
  liquidations: Count,
  bankrupt: Count,
  deficits: AmountText,
  prefunded: AmountText,
  prices: t.readonly(t.record(Id, AmountText)),
})

const SeriesForm = open('Series', { rows: t.readonlyArray(RowForm) })

const AccountSeriesForm = open('AccountSeries', {
  rows: t.readonlyArray(
    open('AccountSeriesRow', {
      revision: Count,
      at: InstantText,
      status: statusText,
      equity: AmountText,
      initialMargin: AmountText,
      maintenanceMargin: AmountText,
    }),
  ),
})

const PriceSeriesForm = open('PriceSeries', {
  rows: t.readonlyArray(
    open('PriceSeriesRow', {
      revision: Count,
      at: InstantText,
      price: AmountText,
      observedAt: InstantText,
      stale: t.boolean,
    }),
  ),
})

const seriesQuery = { from: PlaceText, to: PlaceText, points: wholeNumber(1, 2000) }
const defaultPoints = 500

/** Whether a row stands before a place, or after it. */
const side = (place: Place, { revision, at }: PoolRow): number => {
  switch (place.tag) {
    case 'start':
      return 1
    case 'end':
      return -1
    case 'revision':
      return revision - place.revision
    case 'time':
      return at - place.at
  }
}

/** How the pool has stood in the course of time: for charts, which want many moments and few figures of each. */
export const series = ofPool({
  method: 'GET',
  path: '/series',
  name: 'series',
  summary: 'How the pool has stood: a few figures at the end of each second of ledger time that changed one',
  seenBy: 'all',
  query: seriesQuery,
  answers: value(SeriesForm),
  serve: (_, { head: { book, course }, query }) => {
    const { from = { tag: 'start' }, to = { tag: 'end' }, points = defaultPoints } = query
    const rows = course.rows(book).filter((row) => side(from, row) >= 0 && side(to, row) <= 0)
    return right(jsonAnswer({ rows: thinned(rows, points).map(({ at, ...row }) => ({ ...row, at: formatTime(at) })) }))
  },
})

/** What is worked out by who works out the past, since nobody keeps it of everything. */
const courseOf = async (
  gateway: Gateway,
  { asked, head, query }: Call<typeof seriesQuery>,
  of: CourseAsked['of'],
  name: string,
): ServedLater => {
  const { from: begin = { tag: 'start' }, to = { tag: 'end' }, points = defaultPoints } = query
  const pool = head.book.name
  const place = await locateSpot(gateway.store, head, to)
  if (place._tag === 'Left') return place
  const from = await firstAt(gateway.store, pool, begin)
  const { revision, hash } = place.right === 'head' ? spotOf(head) : place.right
  if (from > revision) return left(problem('bad-position', '`from` is after `to`'))
  const question = { pool, revision, hash, course: { of, name, from, points } }
  return map((told: Told) => jsonAnswer('json' in told ? told.json : told))(
    await askPast(gateway, question, asked.left),
  )
}

export const accountSeries = ofPool({
  method: 'GET',
  path: '/accounts/:account/series',
  name: 'accountSeries',
  summary: 'How one account has stood: its figures at the end of each second of ledger time that changed one',
  seenBy: 'owner',
  query: seriesQuery,
  answers: value(AccountSeriesForm, 'not-found', 'bad-position', 'busy'),
  serve: (gateway, call) => courseOf(gateway, call, 'account', call.asked.params.account ?? ''),
})

export const priceSeries = ofPool({
  method: 'GET',
  path: '/prices/:name/series',
  name: 'priceSeries',
  summary:
    'How the price of one asset or instrument has stood, at the end of each second of ledger time that changed it',
  seenBy: 'all',
  query: seriesQuery,
  answers: value(PriceSeriesForm, 'not-found', 'bad-position', 'busy'),
  serve: (gateway, call) => courseOf(gateway, call, 'price', call.asked.params.name ?? ''),
})
