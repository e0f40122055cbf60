import type { Answer } from '@novation/client'
import { exactly, readable } from '../say/amounts'
import { eventsOf, type MarginEvents } from '../say/margin-lines'
import { type Portfolio, type Position, partOf, termsOf } from '../say/portfolio'
import { type Column, Table } from './table'
import { Traced } from './traced'

const heldBy = (events: MarginEvents | undefined): readonly Column<Position>[] => [
  { head: 'instrument', cell: ({ instrument }) => instrument, text: ({ instrument }) => instrument },
  {
    head: 'quantity',
    isFigure: true,
    cell: ({ instrument, quantity }) => <Traced by={eventsOf(events, instrument)?.held}>{exactly(quantity)}</Traced>,
    text: ({ quantity }) => quantity,
  },
  {
    head: 'mark',
    isFigure: true,
    cell: ({ instrument, mark }) => <Traced by={eventsOf(events, instrument)?.price}>{exactly(mark)}</Traced>,
    text: ({ mark }) => mark,
  },
]

const notional: Column<Position> = {
  head: 'notional',
  isFigure: true,
  cell: (position) => readable(position.notional),
  text: (position) => position.notional,
}

/** What each position is asked by itself. */
const aloneBy = (events: MarginEvents | undefined): readonly Column<Position>[] => [
  {
    head: 'initial',
    isFigure: true,
    cell: ({ instrument, initialMargin }) => (
      <Traced by={eventsOf(events, instrument)?.terms}>{readable(initialMargin)}</Traced>
    ),
    text: ({ initialMargin }) => initialMargin,
  },
  {
    head: 'maintenance',
    isFigure: true,
    cell: ({ instrument, maintenanceMargin }) => (
      <Traced by={eventsOf(events, instrument)?.terms}>{readable(maintenanceMargin)}</Traced>
    ),
    text: ({ maintenanceMargin }) => maintenanceMargin,
  },
]

/** Where one requirement is over all of them, what each makes of it: by itself it is asked nothing. */
const together = (portfolio: Portfolio): Column<Position> => ({
  head: 'of what all need',
  isFigure: true,
  cell: ({ instrument }) => partOf(portfolio, instrument)[1],
  text: ({ instrument }) => partOf(portfolio, instrument)[0],
})

const saidOf = ({ option }: Position): string => (option === undefined ? '' : termsOf(option))
const terms: Column<Position> = { head: 'what it is', cell: saidOf, text: saidOf }

const columnsOf = (
  { portfolio, positions }: Answer<'margin'>,
  events: MarginEvents | undefined,
): readonly Column<Position>[] => [
  ...heldBy(events),
  ...(portfolio === undefined ? [notional, ...aloneBy(events)] : [together(portfolio), notional]),
  ...(positions.some(({ option }) => option !== undefined) ? [terms] : []),
]

/** What an account holds: how much, at what price, and what it is asked for that, each leading to the event that told it. */
export const PositionTable = ({
  margin,
  events,
}: {
  readonly margin: Answer<'margin'>
  readonly events: MarginEvents | undefined
}) => (
  <Table
    name={`positions-${margin.account}`}
    rows={margin.positions}
    columns={columnsOf(margin, events)}
    keyOf={({ instrument }) => instrument}
    none="It holds no position."
  />
)
