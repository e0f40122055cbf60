import { latest } from '../model/answers'
import { answerTo, revision, telling } from '../model/session'
import { Answered } from '../parts/answered'
import { AuctionTable, lotsOf } from '../parts/auction-table'
import { Card } from '../parts/card'
import { Chapters } from '../parts/chapters'
import { Figures } from '../parts/figures'
import { Happened } from '../parts/happened'
import { Headline } from '../parts/headline'
import { HouseChart } from '../parts/house-chart'
import { LineChart } from '../parts/line-chart'
import { Tanks } from '../parts/tanks'
import { useLast } from '../parts/use-last'
import { number } from '../say/counts'

/** Can the house pay, who is near the line, who pays, what is on offer, and what has just happened. */
export const Overview = () => {
  const summary = answerTo('summary', {})
  const waterfall = answerTo('waterfall', {})
  const distribution = answerTo('distribution', {})
  const near = latest(distribution)?.nearest ?? []
  const at = revision.value ?? 0
  const now = summary.data && waterfall.data && { summary: summary.data, waterfall: waterfall.data }
  const house = useLast(now)
  return (
    <>
      <Headline house={house} isOld={house !== undefined && now === undefined} />
      <Chapters />
      {house === undefined ? null : <Figures {...house} isOld={now === undefined} />}
      <div class="cards two">
        <Card title="Can the house pay?" note="by the moments around this one">
          <HouseChart rows={telling.value} revision={at} />
        </Card>
        <Answered
          title="Who is near the line?"
          note="equity by maintenance margin, both logarithmic"
          known={distribution}
        >
          {(data) => <LineChart distribution={data} />}
        </Answered>
      </div>
      <div class="cards three">
        <Answered title="Who pays?" note="left of each layer" known={waterfall}>
          {(data) => <Tanks waterfall={data} />}
        </Answered>
        <Answered
          title="Auctions now"
          note="worst first · the offer rises until somebody bids"
          known={answerTo('liquidations', { limit: 1000 })}
          beside={distribution}
        >
          {({ items }) => <AuctionTable lots={lotsOf(items, near).slice(0, 10)} at={summary.data?.at} />}
        </Answered>
        <Answered
          title="What just happened"
          note="newest first"
          known={answerTo('events', { from: Math.max(0, at - 119), limit: 120 })}
        >
          {(data) => <Happened events={data.items.toReversed()} most={12} />}
        </Answered>
      </div>
      <p class="dim">All of this is of revision {number(at)}.</p>
    </>
  )
}
