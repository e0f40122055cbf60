import { map, right } from 'fp-ts/Either'
import { MarginEventsForm } from '../forms/statement'
import { spotOf } from '../moments/locate'
import type { Told } from '../reads/read'
import { askPast } from './ask'
import { ofMoment } from './described'
import { isKnown, momentAnswer, notModified, tagOf } from './exchange'
import { ofPool } from './line'
import { standing } from './serve-read'
import { momentQuery } from './shared'

/** Of each figure that the margin of an account is made of, the last event that told it: history is looked through for them. */
export const marginEvents = ofPool({
  method: 'GET',
  path: '/accounts/:account/margin/events',
  name: 'marginEvents',
  summary: 'By which events that was told of which the margin of one account is made',
  seenBy: 'owner',
  query: momentQuery,
  answers: ofMoment(MarginEventsForm),
  serve: async (gateway, { asked, grant, head, query }) => {
    const where = await standing(gateway, head, asked, query)
    if (where._tag === 'Left') return where
    const spot = where.right.spot === 'head' ? spotOf(head) : where.right.spot
    if (isKnown(asked, tagOf(spot, grant))) return right(notModified(asked, spot, grant))
    const { revision, hash } = spot
    const question = { pool: head.book.name, revision, hash, marginOf: asked.params.account ?? '' }
    return map((told: Told) => momentAnswer(asked, spot, grant, 'json' in told ? told.json : told))(
      await askPast(gateway, question, asked.left),
    )
  },
})
