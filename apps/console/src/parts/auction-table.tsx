import type { Answer } from '@novation/client'
import { readable } from '../say/amounts'
import { countdown } from '../say/times'
import { To } from './go'
import { type Column, Table } from './table'

type Auction = Answer<'liquidations'>['items'][number]

/** Open auctions: whose, what a bid for all of it brings now, and how long it goes on. */
export const AuctionTable = ({
  auctions,
  at,
}: {
  readonly auctions: readonly Auction[]
  readonly at: string | undefined
}) => {
  const columns: readonly Column<Auction>[] = [
    {
      head: 'account',
      cell: ({ account }) => (
        <To page="accounts" item={account ?? ''}>
          {account}
        </To>
      ),
      text: ({ account }) => account ?? '',
    },
    { head: 'stage', cell: ({ stage }) => stage, text: ({ stage }) => stage },
    {
      head: 'a bid for all is paid',
      isFigure: true,
      cell: ({ offer }) => (offer === undefined ? '' : readable(offer.paid)),
      text: ({ offer }) => offer?.paid ?? '',
    },
    {
      head: 'left',
      isFigure: true,
      cell: ({ stage, ends }) =>
        stage === 'auction' && at !== undefined && ends !== undefined ? countdown(at, ends) : 'over',
      text: ({ ends }) => ends ?? '',
    },
  ]
  return (
    <Table
      name="auctions"
      rows={auctions}
      columns={columns}
      keyOf={({ liquidation }) => liquidation}
      none="No auction is open at this moment."
    />
  )
}
