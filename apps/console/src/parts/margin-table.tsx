import type { Answer } from '@novation/client'
import { isNegative, isZero, readable, sumOf } from '../say/amounts'
import { type Line, type MarginEvents, marginLines, saidHow } from '../say/margin-lines'
import { type Column, Table } from './table'
import { Traced } from './traced'

type Account = Answer<'account'>
type Margin = Answer<'margin'>

const How = ({ how }: Line) => (
  <span class="dim">
    {how.map(({ text, by }, place) => (
      <Traced key={`${place} ${text}`} by={by}>
        {text}
      </Traced>
    ))}
  </span>
)

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
  { head: 'how', cell: How, text: saidHow },
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

/** The margin of an account, figure by figure, each with the events that it comes from once they are found. */
export const MarginTable = ({
  account,
  margin,
  events,
}: {
  readonly account: Account
  readonly margin: Margin
  readonly events: MarginEvents | undefined
}) => (
  <>
    <Table
      name={`margin-${margin.account}`}
      rows={marginLines(account, margin, events)}
      columns={columns}
      keyOf={({ figure }) => figure}
      none=""
    />
    {addsUp(account, margin) ? null : <p class="dim">Coins count with a part of what they are worth.</p>}
  </>
)
