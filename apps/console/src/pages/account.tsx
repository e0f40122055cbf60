import type { Answer } from '@novation/client'
import { answerTo } from '../model/session'
import { Answered } from '../parts/answered'
import { EventLink } from '../parts/go'
import { Status } from '../parts/status'
import { type Column, Table } from '../parts/table'
import { exactly, less, readable } from '../say/amounts'
import { happened } from '../say/happened'
import { moment } from '../say/times'

type Margin = Answer<'margin'>
type Position = Margin['positions'][number]

const columns: readonly Column<Position>[] = [
  { head: 'instrument', cell: ({ instrument }) => instrument, text: ({ instrument }) => instrument },
  { head: 'quantity', isFigure: true, cell: ({ quantity }) => exactly(quantity), text: ({ quantity }) => quantity },
  { head: 'mark', isFigure: true, cell: ({ mark }) => exactly(mark), text: ({ mark }) => mark },
  { head: 'notional', isFigure: true, cell: ({ notional }) => readable(notional), text: ({ notional }) => notional },
  {
    head: 'profit so far',
    isFigure: true,
    cell: ({ unrealizedPnl }) => readable(unrealizedPnl),
    text: ({ unrealizedPnl }) => unrealizedPnl,
  },
  {
    head: 'initial',
    isFigure: true,
    cell: ({ initialMargin }) => readable(initialMargin),
    text: ({ initialMargin }) => initialMargin,
  },
  {
    head: 'maintenance',
    isFigure: true,
    cell: ({ maintenanceMargin }) => readable(maintenanceMargin),
    text: ({ maintenanceMargin }) => maintenanceMargin,
  },
]

/** Where an account stands against its lines, in a sentence. */
const sentence = ({ worst, best, initialMargin, maintenanceMargin, room, missing }: Margin): string => {
  const over = room.startsWith('-') ? `${readable(less('0', room))} below` : `${readable(room)} above`
  const worth =
    missing === undefined ? readable(best) : `${readable(worst)} at the worst and ${readable(best)} at the best`
  return `It is worth ${worth}: ${over} its maintenance margin of ${readable(maintenanceMargin)}; new risk needs ${readable(initialMargin)}.`
}

const Standing = ({ margin }: { readonly margin: Margin }) => (
  <>
    <p>
      <Status of={margin.status} /> {sentence(margin)}
    </p>
    {margin.missing === undefined ? null : <p class="notice">Without a fresh price of {margin.missing.join(', ')}.</p>}
    <Table
      name={`margin-${margin.account}`}
      rows={margin.positions}
      columns={columns}
      keyOf={({ instrument }) => instrument}
      none="It holds no position."
    />
  </>
)

/** What happened to one account, newest first. */
const Story = ({ account }: { readonly account: string }) => (
  <Answered title="What happened to it?" note="oldest first" known={answerTo('accountEvents', { account, limit: 500 })}>
    {({ items, next }) => (
      <>
        <ol class="spine">
          {items.map((event) => (
            <li key={event.revision}>
              <EventLink revision={event.revision} /> <span class="dim">{moment(event.at)}</span> {happened(event)}
            </li>
          ))}
        </ol>
        {next === undefined ? null : <p class="dim">There is more: the list of events has it all.</p>}
      </>
    )}
  </Answered>
)

/** One account: how far from the line, and how it came there. */
export const Account = ({ account }: { readonly account: string }) => (
  <>
    <div class="headline">
      <h1>{account}</h1>
    </div>
    <Answered title="How far from the line?" known={answerTo('margin', { account })}>
      {(margin) => <Standing margin={margin} />}
    </Answered>
    <Story account={account} />
  </>
)
