import type { Answer } from '@novation/client'
import { latest } from '../model/answers'
import { answerTo, place, revision } from '../model/session'
import { Answered } from '../parts/answered'
import { AuctionTable, type Lot, lotsOf } from '../parts/auction-table'
import { Card, Empty } from '../parts/card'
import { FillTable } from '../parts/fill-table'
import { To, ToCommand } from '../parts/go'
import { Happened } from '../parts/happened'
import { OfferChart } from '../parts/offer-chart'
import { exactly, readable } from '../say/amounts'
import { fillsOf } from '../say/fills'

type Offered = NonNullable<Answer<'liquidation'>['offer']>

const OnOffer = ({ offer }: { readonly offer: Offered | undefined }) =>
  offer === undefined ? (
    <p>Nothing of it can be bid for now.</p>
  ) : (
    <p>
      A bid for all of it now takes{' '}
      {offer.positions.map(({ instrument, quantity, mark }) => (
        <span key={instrument}>
          {exactly(quantity)} {instrument} at the mark {exactly(mark)}{' '}
        </span>
      ))}
      and is paid <strong>{readable(offer.paid)}</strong>.
    </p>
  )

/** One auction: what a bidder gets as time goes by, what was taken, and what became of the account. */
const OneAuction = ({ lot: { auction } }: { readonly lot: Lot }) => {
  const { account, liquidation, startedAt, elapsed_ms, terms, offer } = auction
  const known = answerTo('accountEvents', {
    account: account ?? '',
    type: ['Liquidated', 'AuctionTurned'],
    limit: 1000,
  })
  const fills = fillsOf(known.data?.items ?? [], liquidation, startedAt)
  return (
    <Card
      title={`What does a bidder get of ${account ?? liquidation}?`}
      note="share of the account's value, by time"
      isOld={known.data === undefined}
    >
      <OfferChart terms={terms.auction} elapsed={elapsed_ms / 1000} fills={fills} />
      <OnOffer offer={offer} />
      {account === undefined ? null : <FillTable account={account} fills={fills} />}
      {account === undefined ? null : (
        <p>
          <To page="accounts" item={account}>
            How {account} came here
          </To>{' '}
          <ToCommand type="BidLiquidation" data={{ liquidation, fraction: '1' }}>
            Bid …
          </ToCommand>
        </p>
      )}
    </Card>
  )
}

/** What is on offer, and what a bidder gets. */
export const Liquidations = () => {
  const distribution = answerTo('distribution', {})
  const near = latest(distribution)?.nearest ?? []
  const at = answerTo('summary', {}).data?.at
  const known = answerTo('liquidations', { limit: 1000 })
  const lots = lotsOf(known.data?.items ?? [], near)
  const item = place.value?.item
  const chosen = lots.find(({ auction }) => auction.liquidation === item) ?? lots[0]
  return (
    <div class="cards two">
      <div class="cards">
        {chosen === undefined ? (
          <Card title="What does a bidder get?">
            <Empty>
              {known.data === undefined
                ? 'Asking the gateway …'
                : 'No auction is open at this moment: go to another on the strip above.'}
            </Empty>
          </Card>
        ) : (
          <OneAuction lot={chosen} />
        )}
        <Answered
          title="What was lately taken?"
          note="newest first"
          known={answerTo('events', {
            from: Math.max(0, (revision.value ?? 0) - 2000),
            type: ['Liquidated', 'LiquidationEnded', 'Deleveraged', 'InsuranceDrawn'],
            limit: 1000,
          })}
        >
          {({ items }) => <Happened events={items.toReversed()} most={14} />}
        </Answered>
      </div>
      <Answered title="What is on offer?" note={`worst first · ${lots.length}`} known={known} beside={distribution}>
        {() => <AuctionTable lots={lots} at={at} chosen={chosen?.auction.liquidation} />}
      </Answered>
    </div>
  )
}
