import type { Answer } from '@novation/client'
import { exactly, isNegative, isZero } from './amounts'
import { number } from './counts'

type Account = Answer<'account'>
type Margin = Answer<'margin'>
export type MarginEvents = Answer<'marginEvents'>

/** A piece of a sentence; where it says what an event told, with the revision of that, once it is known. */
export interface Piece {
  readonly text: string
  readonly by?: number | undefined
}

/** A figure of a margin, and how it comes about. */
export interface Line {
  readonly figure: string
  readonly amount: string
  readonly how: readonly Piece[]
  readonly tone?: 'strong' | 'danger'
}

const plain = (text: string): readonly Piece[] => [{ text }]

/** Something that is said where its event is known, and then with that. */
const toldBy = (text: string, by: number | undefined): readonly Piece[] =>
  by === undefined ? [] : [{ text }, { text: number(by), by }]

/** By which events that was told last of which a position is made. */
export const eventsOf = (events: MarginEvents | undefined, instrument: string) =>
  events?.positions.find((position) => position.instrument === instrument)

const ofCollateral = (asset: string, amount: string, events: MarginEvents | undefined): Line => {
  const by = events?.collateral.find((coin) => coin.asset === asset)
  const how = [
    ...toldBy('moved last by ', by?.held),
    ...toldBy(', priced by ', by?.price),
    ...toldBy(', on the terms of ', by?.terms),
  ]
  return {
    figure: `collateral, ${asset}`,
    amount,
    how: how.length === 0 ? plain('deposited, withdrawn, realised') : how,
  }
}

const ofPosition = (position: Margin['positions'][number], events: MarginEvents | undefined): readonly Line[] => {
  const { instrument, quantity, mark, unrealizedPnl, accruedFunding } = position
  const by = eventsOf(events, instrument)
  const gain = {
    figure: instrument,
    amount: unrealizedPnl,
    how: [
      { text: exactly(quantity), by: by?.held },
      { text: ' at ' },
      { text: exactly(mark), by: by?.price },
      { text: ', less what they cost' },
    ],
  }
  const due = {
    figure: `${instrument}, funding`,
    amount: accruedFunding,
    how: [...plain('due, and not settled yet'), ...toldBy('; told last by ', by?.funding)],
  }
  return isZero(accruedFunding) ? [gain] : [gain, due]
}

/** What equity is made of, and the lines it is held to: each figure, and how it comes about. */
export const marginLines = (account: Account, margin: Margin, events: MarginEvents | undefined): readonly Line[] => [
  ...Object.entries(account.collateral).map(([asset, amount]) => ofCollateral(asset, amount, events)),
  ...margin.positions.flatMap((position) => ofPosition(position, events)),
  { figure: 'equity', amount: margin.equity, how: plain('the sum of the above'), tone: 'strong' },
  { figure: 'initial margin', amount: margin.initialMargin, how: plain('what new risk needs') },
  { figure: 'maintenance margin', amount: margin.maintenanceMargin, how: plain('below it, it is sold') },
  {
    figure: isNegative(margin.room) ? 'short by' : 'room',
    amount: isNegative(margin.room) ? margin.room.slice(1) : margin.room,
    how: plain(isNegative(margin.room) ? 'below the line' : 'above the line'),
    ...(isNegative(margin.room) ? { tone: 'danger' as const } : {}),
  },
]

/** How a figure comes about, as text. */
export const saidHow = ({ how }: Line): string => how.map(({ text }) => text).join('')
