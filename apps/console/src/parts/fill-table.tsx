import { answerOf } from '../model/session'
import { readable } from '../say/amounts'
import type { Fill } from '../say/fills'
import { EventLink } from './go'
import { type Column, Table } from './table'

/** How an account stood once a bid was taken: its worth at the best, as that before is told. */
const afterwards = (account: string, { revision }: Fill): { readonly equity: string; readonly needs: string } => {
  const { data } = answerOf('account', { account, at: revision })
  return data === undefined
    ? { equity: '', needs: '' }
    : { equity: data.best ?? data.equity, needs: data.maintenanceMargin }
}

const said = (amount: string): string => (amount === '' ? '' : readable(amount))

const columnsOf = (account: string): readonly Column<Fill>[] => [
  {
    head: 'event',
    cell: ({ revision }) => <EventLink revision={revision} />,
    text: ({ revision }) => String(revision),
  },
  { head: 'bidder', cell: ({ bidder }) => bidder, text: ({ bidder }) => bidder },
  { head: 'took', cell: ({ what }) => what, text: ({ what }) => what },
  { head: 'worth before', isFigure: true, cell: ({ equity }) => readable(equity), text: ({ equity }) => equity },
  {
    head: 'needed',
    isFigure: true,
    cell: ({ maintenanceMargin }) => readable(maintenanceMargin),
    text: ({ maintenanceMargin }) => maintenanceMargin,
  },
  {
    head: 'worth after',
    isFigure: true,
    cell: (fill) => said(afterwards(account, fill).equity),
    text: (fill) => afterwards(account, fill).equity,
  },
  {
    head: 'needs',
    isFigure: true,
    cell: (fill) => said(afterwards(account, fill).needs),
    text: (fill) => afterwards(account, fill).needs,
  },
]

/** Who took what of an account, and how it stood against its maintenance margin before and after: so nobody took more than was needed unseen. */
export const FillTable = ({ account, fills }: { readonly account: string; readonly fills: readonly Fill[] }) => (
  <Table
    name={`fills-${account}`}
    rows={fills}
    columns={columnsOf(account)}
    keyOf={({ revision }) => String(revision)}
    none="Nobody has taken any of it yet."
  />
)
