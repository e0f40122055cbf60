import { answerTo } from '../model/session'
import { Answered } from '../parts/answered'
import { AuctionTable } from '../parts/auction-table'

/** What is on offer, and what a bidder gets. */
export const Liquidations = () => (
  <Answered
    title="What is on offer?"
    note="what a bid for all of it is paid, at this moment"
    known={answerTo('liquidations', { limit: 1000 })}
  >
    {({ items }) => <AuctionTable auctions={items} at={answerTo('summary', {}).data?.at} />}
  </Answered>
)
