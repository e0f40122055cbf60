import type { Place } from '@novation/audit'
import { AmountText, Count, formatTime, Id, InstantText, open, wholeNumber } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { type Row, thinned } from '../series/course'
import { jsonAnswer } from './answers'
import { value } from './described'
import { ofPool } from './line'
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

const defaultPoints = 500

/** Whether a row stands before a place, or after it. */
const side = (place: Place, { revision, at }: Row): number => {
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
  query: { from: PlaceText, to: PlaceText, points: wholeNumber(1, 2000) },
  answers: value(SeriesForm),
  serve: (_, { head: { book, course }, query }) => {
    const { from = { tag: 'start' }, to = { tag: 'end' }, points = defaultPoints } = query
    const rows = course.rows(book).filter((row) => side(from, row) >= 0 && side(to, row) <= 0)
    return right(jsonAnswer({ rows: thinned(rows, points).map(({ at, ...row }) => ({ ...row, at: formatTime(at) })) }))
  },
})
