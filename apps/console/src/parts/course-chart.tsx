import type { Answer, SeenEvent } from '@novation/client'
import { apart } from '../draw/apart'
import { stepLine } from '../draw/steps'
import { short } from '../draw/ticks'
import { type Part, timeOf } from '../model/course'
import { pixelsOf, readable } from '../say/amounts'
import { toneOf } from '../say/bearing'
import { clock } from '../say/times'
import { Around } from './around'
import { across, Frame, Here, upwards } from './frame'

const height = 220

type Row = Answer<'accountSeries'>['rows'][number]

/** What is marked on the course of an account, and how it is called there. */
const marked: Readonly<Record<string, string>> = {
  MarginCall: '◐ called',
  MarginCallMissed: '◐ missed',
  LiquidationStarted: '◆ auction',
  Deleveraged: '✕ deleveraged',
}

const lines = [
  ['equity', 'equity'],
  ['initialMargin', 'initial'],
  ['maintenanceMargin', 'maintenance'],
] as const

const said = (here: Row): string =>
  `At ${clock(here.at)} it was worth ${readable(here.equity)}, with an initial margin of ${readable(here.initialMargin)} and a maintenance margin of ${readable(here.maintenanceMargin)}.`

const drawn = (row: Row, of: (typeof lines)[number][0]): number => pixelsOf(row[of])

/** What is shown of it: so many rows on either side of the moment. */
const around = 90

interface Drawing {
  readonly part: Part<Row>
  readonly events: readonly SeenEvent[]
  readonly width: number
}

const Drawn = ({ part, events, width }: Drawing) => {
  const { rows, first, last, here } = part
  const figures = rows.flatMap((row) => lines.map(([of]) => drawn(row, of)))
  const x = across(timeOf(first), timeOf(last), width, 84)
  const y = upwards(Math.min(0, ...figures), Math.max(1, ...figures), height).nice(4)
  const [bottom = 0, top = 0] = y.range()
  const shown = events
    .filter(
      ({ type, at }) => marked[type] !== undefined && Date.parse(at) >= timeOf(first) && Date.parse(at) <= timeOf(last),
    )
    .slice(0, 12)
  const ends = apart(
    lines.map(([of]) => y(drawn(last, of))),
    13,
  )
  return (
    <Frame
      summary={said(here)}
      {...{ width, height, x, y }}
      sayY={short}
      data={{ 'data-rows': rows.length, 'data-equity': here.equity, 'data-maintenance': here.maintenanceMargin }}
    >
      {y.domain()[0] === 0 ? null : <path class="zero" d={`M${x.range()[0]},${y(0)}H${x.range()[1]}`} />}
      {shown.map((event, i) => {
        const at = x(Date.parse(event.at))
        return (
          <g key={event.revision} class={toneOf(event)}>
            <path class="marked" d={`M${at.toFixed(1)},${top}V${bottom}`} />
            {i > 3 ? null : (
              <text class="marked-as" x={at + 4} y={top + 8 + 13 * i}>
                {marked[event.type]}
              </text>
            )}
          </g>
        )
      })}
      {lines.toReversed().map(([of]) => (
        <path
          key={of}
          class={`course ${of}`}
          d={stepLine(
            rows.map((row) => ({ x: x(timeOf(row)), y: y(drawn(row, of)) })),
            x(timeOf(last)),
          )}
        />
      ))}
      {lines.map(([of, word], i) => (
        <text key={of} class={`course-end ${of}`} x={x(timeOf(last)) + 6} y={4 + (ends[i] ?? 0)}>
          {word}
        </text>
      ))}
      <Here {...{ x, y }} at={timeOf(here)} />
    </Frame>
  )
}

/** How an account came to where it is: its equity, and the two lines that it is held to. */
export const CourseChart = ({
  rows,
  revision,
  events,
}: {
  readonly rows: readonly Row[]
  readonly revision: number
  readonly events: readonly SeenEvent[]
}) => (
  <Around {...{ rows, revision }} most={around} wide={900}>
    {(part, width) => <Drawn {...{ part, events, width }} />}
  </Around>
)
