import type { Answer } from '@novation/client'
import { exactly, isNegative, isZero, readable, sumOf } from '../say/amounts'
import { type Column, Table } from './table'

type Account = Answer<'account'>
type Margin = Answer<'margin'>

interface Line {
  readonly figure: string
  readonly amount: string
  readonly how: string
  readonly tone?: 'strong' | 'danger'
}

/** What equity is made of, and the lines it is held to: each figure, and how it comes about. */
const linesOf = (account: Account, margin: Margin): readonly Line[] => [
  ...Object.entries(account.collateral).map(([asset, amount]) => ({
    figure: `collateral, ${asset}`,
    amount,
    how: 'deposited, withdrawn, realised',
  })),
  ...margin.positions.flatMap(({ instrument, quantity, mark, unrealizedPnl, accruedFunding }) => [
    { figure: instrument, amount: unrealizedPnl, how: `${exactly(quantity)} at ${exactly(mark)}, less what they cost` },
    ...(isZero(accruedFunding)
      ? []
      : [{ figure: `${instrument}, funding`, amount: accruedFunding, how: 'due, and not settled yet' }]),
  ]),
  { figure: 'equity', amount: margin.equity, how: 'the sum of the above', tone: 'strong' },
  { figure: 'initial margin', amount: margin.initialMargin, how: 'what new risk needs' },
  { figure: 'maintenance margin', amount: margin.maintenanceMargin, how: 'below it, it is sold' },
  {
    figure: isNegative(margin.room) ? 'short by' : 'room',
    amount: isNegative(margin.room) ? margin.room.slice(1) : margin.room,
    how: isNegative(margin.room) ? 'below the line' : 'above the line',
    ...(isNegative(margin.room) ? { tone: 'danger' as const } : {}),
  },
]

const columns: readonly Column<Line>[] = [
  {
    head: 'figure',
    cell: ({ figure, tone }) => <span class={tone ?? ''}>{figure}</span>,
    text: ({ figure }) => figure,
  },
  {
    head: 'amount',
    isFigure: true,
    cell: ({ amount, tone }) => <span class={tone ?? ''}>{readable(amount)}</span>,
    text: ({ amount }) => amount,
  },
  { head: 'how', cell: ({ how }) => <span class="dim">{how}</span>, text: ({ how }) => how },
]

/** Whether what is listed comes to the equity that is told: coins count with less than they are worth. */
const addsUp = ({ collateral, positions }: Account, { equity }: Margin): boolean =>
  isZero(
    sumOf([
      ...Object.values(collateral),
      ...positions.flatMap(({ unrealizedPnl = '0', accruedFunding = '0' }) => [unrealizedPnl, accruedFunding]),
      isNegative(equity) ? equity.slice(1) : `-${equity}`,
    ]),
  )

/** The margin of an account, figure by figure. */
export const MarginTable = ({ account, margin }: { readonly account: Account; readonly margin: Margin }) => (
  <>
    <Table
      name={`margin-${margin.account}`}
      rows={linesOf(account, margin)}
      columns={columns}
      keyOf={({ figure }) => figure}
      none=""
    />
    {addsUp(account, margin) ? null : <p class="dim">Coins count with a part of what they are worth.</p>}
  </>
)
