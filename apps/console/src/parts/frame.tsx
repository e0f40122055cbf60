import { type ScaleLinear, scaleLinear } from 'd3-scale'
import type { ComponentChildren } from 'preact'
import { timeTicks } from '../draw/ticks'

export type Scale = ScaleLinear<number, number>

/** Room beside a drawing for what its axes say, in pixels. */
const edges = { left: 52, top: 12, bottom: 24 } as const

export const across = (from: number, to: number, width: number, right = 8): Scale =>
  scaleLinear()
    .domain([from, to])
    .range([edges.left, width - right])

export const upwards = (from: number, to: number, height: number): Scale =>
  scaleLinear()
    .domain([from, to])
    .range([height - edges.bottom, edges.top])

interface Tick {
  readonly at: number
  readonly text: string
}

interface Drawing {
  /** What the drawing says, in a sentence: whoever does not see it is told this. */
  readonly summary: string
  readonly width: number
  readonly height: number
  readonly x: Scale
  readonly y: Scale
  /** Words beside the drawing: as so many round figures as fit, or at these places. */
  readonly sayY?: (value: number) => string
  readonly ticks?: readonly Tick[]
  /** Words under the drawing; times of day where they are left out. */
  readonly under?: readonly Tick[]
  /** What is drawn, as figures: for whoever checks that it is the right line. */
  readonly data?: Readonly<Record<`data-${string}`, string | number>>
  /** Things in it lead somewhere: it is no mere picture then. */
  readonly isWay?: boolean
  readonly children: ComponentChildren
}

/** A drawing between two axes. */
export const Frame = ({
  summary,
  width,
  height,
  x,
  y,
  sayY = String,
  ticks,
  under,
  data = {},
  isWay = false,
  children,
}: Drawing) => {
  const [from = 0, to = 1] = x.domain()
  const [start = 0, end = width] = x.range()
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      height={height}
      role={isWay ? 'group' : 'img'}
      aria-label={summary}
      {...data}
    >
      <title>{summary}</title>
      {(ticks ?? y.ticks(4).map((at) => ({ at, text: sayY(at) }))).map(({ at, text }) => (
        <g key={at}>
          <path class="axis" d={`M${start},${y(at).toFixed(1)}H${end}`} />
          <text x={start - 8} y={y(at) + 4} text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {(under ?? timeTicks(from, to, width)).map(({ at, text }) => (
        <text key={at} x={x(at)} y={height - 6} text-anchor="middle">
          {text}
        </text>
      ))}
      {children}
    </svg>
  )
}

/** The moment that is looked at. */
export const Here = ({ x, y, at }: { readonly x: Scale; readonly y: Scale; readonly at: number }) => {
  const [bottom = 0, top = 0] = y.range()
  return <path class="here" d={`M${x(at).toFixed(1)},${top}V${bottom}`} />
}
