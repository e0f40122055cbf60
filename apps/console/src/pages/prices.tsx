import type { Answer } from '@novation/client'
import { answerTo } from '../model/session'
import { Answered } from '../parts/answered'
import { type Column, Table } from '../parts/table'
import { exactly } from '../say/amounts'
import { number } from '../say/counts'
import { moment } from '../say/times'

type Price = Answer<'prices'>['items'][number]

const nameOf = ({ instrument, asset }: Price): string => instrument ?? asset ?? ''

const columns: readonly Column<Price>[] = [
  { head: 'of', cell: nameOf, text: nameOf },
  { head: 'price', isFigure: true, cell: ({ price }) => exactly(price), text: ({ price }) => price },
  { head: 'observed', cell: ({ observedAt }) => moment(observedAt), text: ({ observedAt }) => observedAt },
  {
    head: 'age, s',
    isFigure: true,
    cell: ({ age_s }) => number(Math.floor(age_s)),
    text: ({ age_s }) => String(age_s),
  },
  {
    head: 'state',
    cell: ({ stale }) => (stale ? <span class="watched">◐ stale</span> : <span class="well">○ fresh</span>),
    text: ({ stale }) => (stale ? 'stale' : 'fresh'),
  },
]

/** What each price is, and how old. */
export const Prices = () => (
  <Answered title="What is the price, and how old is it?" known={answerTo('prices', { limit: 1000 })}>
    {({ items }) => (
      <Table name="prices" rows={items} columns={columns} keyOf={nameOf} none="Nothing has a price yet." />
    )}
  </Answered>
)
