import type { Answer } from '@novation/client'
import { readable } from '../say/amounts'
import { countdown } from '../say/times'
import { To } from './go'
import { Status } from './status'
import { type Column, Table } from './table'

export type Auction = Answer<'liquidations'>['items'][number]
type Near = Answer<'distribution'>['nearest'][number]

/** Whose an auction is, and how that account stands, where it is near enough to the line to be known. */
export interface Lot {
  readonly auction: Auction
  readonly near: Near | undefined
}

/** Open auctions, whoever stands worst first. */
export const lotsOf = (auctions: readonly Auction[], nearest: readonly Near[]): readonly Lot[] => {
  const places = new Map(nearest.map((near, place) => [near.account, { near, place }]))
  const last = nearest.length
  return auctions
    .map((auction) => ({ auction, ...places.get(auction.account ?? '') }))
    .toSorted((a, b) => (a.place ?? last) - (b.place ?? last))
    .map(({ auction, near }) => ({ auction, near }))
}

const statusOf = ({ auction: { solvent }, near }: Lot): string =>
  near?.status ?? (solvent === false ? 'bankrupt' : 'liquidatable')

/** How much of an auction's time is over, as a share; all of it where its clock has ended. */
const spent = ({ stage, elapsed_ms, terms: { auction } }: Auction): number =>
  stage === 'auction' ? Math.min(1, elapsed_ms / 1000 / Math.max(1, auction.fastSeconds + auction.slowSeconds)) : 1

const TimeBar = ({ auction }: { readonly auction: Auction }) => (
  <svg class="time-bar" viewBox="0 0 60 4" width="60" height="4" aria-hidden="true">
    <rect class="tank-room" width="60" height="4" rx="2" />
    <rect class="time-gone" width={60 * spent(auction)} height="4" rx="2" />
  </svg>
)

const leftOf = ({ stage, ends }: Auction, at: string | undefined): string => {
  if (stage !== 'auction') return stage
  return at === undefined || ends === undefined ? 'running' : countdown(at, ends)
}

const columnsAt = (at: string | undefined): readonly Column<Lot>[] => [
  {
    head: 'account',
    cell: ({ auction: { account, liquidation } }) => (
      <To page="accounts" item={account ?? liquidation}>
        {account ?? liquidation}
      </To>
    ),
    text: ({ auction: { account, liquidation } }) => account ?? liquidation,
  },
  { head: 'status', cell: (lot) => <Status of={statusOf(lot)} />, text: statusOf },
  {
    head: 'equity',
    isFigure: true,
    cell: ({ near }) => (near === undefined ? '' : readable(near.equity)),
    text: ({ near }) => near?.equity ?? '',
  },
  {
    head: 'maintenance',
    isFigure: true,
    cell: ({ near }) => (near === undefined ? '' : readable(near.maintenanceMargin)),
    text: ({ near }) => near?.maintenanceMargin ?? '',
  },
  {
    head: 'offer now',
    isFigure: true,
    cell: ({ auction: { offer } }) => (offer === undefined ? '' : readable(offer.paid)),
    text: ({ auction: { offer } }) => offer?.paid ?? '',
  },
  {
    head: 'time',
    cell: ({ auction, auction: { liquidation } }) => (
      <To page="liquidations" item={liquidation}>
        <TimeBar auction={auction} />
        <span class="unseen">auction {liquidation}</span>
      </To>
    ),
    text: ({ auction: { startedAt } }) => startedAt,
  },
  {
    head: 'left',
    isFigure: true,
    cell: ({ auction }) => leftOf(auction, at),
    text: ({ auction: { ends } }) => ends ?? '',
  },
]

/** Open auctions: whose, how they stand, what a bid for all of it brings now, and how long it goes on. */
export const AuctionTable = ({
  lots,
  at,
  chosen,
}: {
  readonly lots: readonly Lot[]
  readonly at: string | undefined
  readonly chosen?: string | undefined
}) => (
  <Table
    name="auctions"
    rows={lots}
    columns={columnsAt(at)}
    keyOf={({ auction: { liquidation } }) => liquidation}
    {...(chosen === undefined ? {} : { chosen })}
    none="No auction is open at this moment."
  />
)
