import type { Answer } from '@novation/client'
import { latest } from '../model/answers'
import { pricesIn } from '../model/course'
import { answerOf, answerTo, course, revision } from '../model/session'
import { Answered } from '../parts/answered'
import { Card } from '../parts/card'
import { IndexCard } from '../parts/index-card'
import { MarketCards } from '../parts/market-cards'
import { PriceChart } from '../parts/price-chart'
import { type Column, Table } from '../parts/table'
import { exactly } from '../say/amounts'
import { count, number } from '../say/counts'
import { moment } from '../say/times'

type Price = Answer<'prices'>['items'][number]

const nameOf = ({ instrument, asset }: Price): string => instrument ?? asset ?? ''

const columns: readonly Column<Price>[] = [
  { head: 'of', cell: nameOf, text: nameOf },
  { head: 'price', isFigure: true, cell: ({ price }) => exactly(price), text: ({ price }) => price },
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
  { head: 'observed', cell: ({ observedAt }) => moment(observedAt), text: ({ observedAt }) => observedAt },
]

const sentence = (prices: readonly Price[]): string => {
  const old = prices.filter(({ stale }) => stale)
  if (prices.length === 0) return 'Nothing has a price yet.'
  return old.length === 0
    ? prices.length === 1
      ? 'The price is fresh.'
      : `All ${count(prices.length, 'price is', 'prices are')} fresh.`
    : `${count(old.length, 'price is', 'prices are')} too old to deal by: ${old.map(nameOf).join(', ')}.`
}

/** Nothing yet: whether there is something to show is on its way. */
const OnItsWay = () => <div aria-busy />

/** Where prices come from, where the ledger makes them of what sources have signed. */
const Indices = () => {
  const known = answerTo('indices', { limit: 1000 })
  const items = latest(known)?.items ?? []
  const isOld = known.data === undefined
  if (items.length === 0) return isOld ? <OnItsWay /> : null
  return (
    <>
      <h2 class="title">Where does each price come from?</h2>
      <div class="cards two">
        {items.map((one) => (
          <IndexCard key={one.index} of={one} isOld={isOld} />
        ))}
      </div>
    </>
  )
}

/** What options are marked by, where there are any. */
const Markets = () => {
  const known = answerTo('markets', { limit: 1000 })
  const items = latest(known)?.items ?? []
  const isOld = known.data === undefined
  if (items.length === 0) return isOld ? <OnItsWay /> : null
  return (
    <>
      <h2 class="title">What is the price of an option made of?</h2>
      {items.map((one) => (
        <MarketCards key={one.underlying} market={one} isOld={isOld} />
      ))}
    </>
  )
}

/** How the price of an instrument went stands in the course of the pool; that of an asset is asked for. */
const Course = ({ price }: { readonly price: Price }) => {
  const name = nameOf(price)
  const at = revision.value ?? 0
  const note = exactly(price.price)
  return price.asset === undefined ? (
    <Card title={name} note={note}>
      <PriceChart name={name} rows={pricesIn(course.value, name)} revision={at} />
    </Card>
  ) : (
    <Answered title={name} note={note} known={answerOf('priceSeries', { name, points: 1000 })}>
      {({ rows }) => <PriceChart name={name} rows={rows} revision={at} />}
    </Answered>
  )
}

/** What each price is, how old, and where it comes from. */
export const Prices = () => {
  const known = answerTo('prices', { limit: 1000 })
  return (
    <>
      {known.data === undefined ? null : <p class="sentence">{sentence(known.data.items)}</p>}
      <Answered title="What is the price, and how old is it?" known={known}>
        {({ items }) => (
          <Table name="prices" rows={items} columns={columns} keyOf={nameOf} none="Nothing has a price yet." />
        )}
      </Answered>
      <div class="cards two">
        {known.data?.items.slice(0, 12).map((price) => (
          <Course key={nameOf(price)} price={price} />
        ))}
      </div>
      <Indices />
      <Markets />
    </>
  )
}
