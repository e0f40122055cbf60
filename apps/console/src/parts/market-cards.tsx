import type { ComponentChildren } from 'preact'
import { exactly, readable } from '../say/amounts'
import { dayOf, type Expiry, type MarkedOption, type Market, marketIn, shapeOf } from '../say/markets'
import { moment } from '../say/times'
import { Card } from './card'
import { EventLink } from './go'
import { SmileChart } from './smile-chart'
import { Tone } from './status'
import { type Column, Table } from './table'

const exact = (amount: string | undefined): string => (amount === undefined ? 'none yet' : exactly(amount))

const columns: readonly Column<MarkedOption>[] = [
  { head: 'option', cell: ({ instrument }) => instrument, text: ({ instrument }) => instrument },
  { head: 'right to', cell: (one) => (one.optionType === 'call' ? 'buy' : 'sell'), text: (one) => one.optionType },
  { head: 'strike', isFigure: true, cell: ({ strike }) => exactly(strike), text: ({ strike }) => strike },
  {
    head: 'volatility',
    isFigure: true,
    cell: ({ volatility }) => exact(volatility),
    text: ({ volatility }) => volatility ?? '',
  },
  { head: 'mark', isFigure: true, cell: ({ mark }) => exact(mark), text: ({ mark }) => mark ?? '' },
]

interface Told {
  readonly name: string
  readonly of: { readonly stale: boolean; readonly revision?: number } | undefined
  readonly children: ComponentChildren
}

/** A fact that marks are made of, and the event that told it. */
const Fact = ({ name, of, children }: Told) => (
  <>
    <dt>{name}</dt>
    <dd>
      {of === undefined ? 'none yet' : children} {of?.stale === true ? <span class="watched">◐ too old</span> : null}{' '}
      {of?.revision === undefined ? null : <EventLink revision={of.revision} />}
    </dd>
  </>
)

interface Shown {
  readonly market: Market
  /** It is of the moment before. */
  readonly isOld: boolean
}

/** What options on an underlying are marked by, whenever they end. */
const Whole = ({ market, isOld }: Shown) => {
  const { underlying, asOf, price, model, curve } = market
  const { tone, sentence } = marketIn(market)
  return (
    <Card title={underlying} note="what its options are marked by" isOld={isOld}>
      <p>
        <Tone of={tone} /> {sentence}
      </p>
      <dl class="facts">
        <Fact name="its price" of={price}>
          {price && exactly(price.price)}
        </Fact>
        <Fact name="its model" of={model && { ...model, stale: false }}>
          set
        </Fact>
        {curve === undefined ? null : (
          <Fact name={`curve ${curve.curve}`} of={curve}>
            {curve.points.map(({ days, discount }) => `${exactly(discount)} in ${days} d`).join(', ')}
          </Fact>
        )}
        <dt>decayed to</dt>
        <dd>{moment(asOf)}</dd>
      </dl>
    </Card>
  )
}

interface ShownExpiry {
  readonly underlying: string
  readonly expiry: Expiry
  readonly isOld: boolean
}

/** What the options of one expiry are marked by, and what each comes to. */
const OfExpiry = ({ underlying, expiry, isOld }: ShownExpiry) => {
  const { forward, held, surface, valued, fixing } = expiry
  return (
    <Card title={`${underlying} on ${dayOf(expiry)}`} note={`until ${moment(expiry.expiry)}`} isOld={isOld}>
      <dl class="facts">
        <Fact name="forward" of={forward}>
          {forward && `${exactly(forward.price)} at a price of ${exactly(forward.index)}`}
        </Fact>
        {held === undefined ? null : (
          <>
            <dt>held</dt>
            <dd class="watched">
              ◐ {exactly(held.price)} since {moment(held.since)}
            </dd>
          </>
        )}
        <Fact name="volatility" of={surface}>
          {surface && shapeOf(surface)}
        </Fact>
        <dt>valued by</dt>
        <dd>
          {valued === undefined
            ? 'nothing yet'
            : `${exactly(valued.forward)}, discounted by ${exactly(valued.discount)}`}
        </dd>
        {fixing === undefined ? null : (
          <>
            <dt>settled at</dt>
            <dd>{readable(fixing, 6)}</dd>
          </>
        )}
      </dl>
      <SmileChart expiry={expiry} />
      <Table
        name={`options on ${underlying}, ${dayOf(expiry)}`}
        rows={expiry.options}
        columns={columns}
        keyOf={({ instrument }) => instrument}
        none="No option of this expiry is listed."
      />
    </Card>
  )
}

/** All that options on an underlying are marked by, fact by fact. */
export const MarketCards = ({ market, isOld }: Shown) => (
  <div class="cards two">
    <Whole {...{ market, isOld }} />
    {market.expiries.map((expiry) => (
      <OfExpiry key={expiry.expiry} underlying={market.underlying} {...{ expiry, isOld }} />
    ))}
  </div>
)
