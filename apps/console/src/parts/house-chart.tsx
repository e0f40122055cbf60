import { scaleLinear } from 'd3-scale'
import { stepArea, stepLine } from '../draw/steps'
import { short, timeTicks } from '../draw/ticks'
import { type Row, timeOf } from '../model/course'
import { compare, pixelsOf, readable } from '../say/amounts'
import { clock } from '../say/times'
import { useWidth } from './width'

const height = 250
const left = 46
const bottom = 24

/** What is shown of the course: so many rows on either side of the moment. */
const around = 60

const shownRows = (rows: readonly Row[], revision: number): readonly Row[] => {
  const here = rows.findLastIndex((row) => row.revision <= revision)
  return rows.slice(Math.max(0, here - around), here + around + 1)
}

/** Deficits of accounts below zero against what the layers hold: what stands above is hatched, and is what is short. */
export const HouseChart = ({ rows: all, revision }: { readonly rows: readonly Row[]; readonly revision: number }) => {
  const { ref, width } = useWidth(560)
  const rows = shownRows(all, revision)
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined || rows.length < 2)
    return (
      <div ref={ref} class="empty">
        Nothing to draw yet.
      </div>
    )
  const figures = rows.map((row) => ({ row, prefunded: pixelsOf(row.prefunded), deficits: pixelsOf(row.deficits) }))
  const most = Math.max(1, ...figures.flatMap(({ prefunded, deficits }) => [prefunded, deficits]))
  const x = scaleLinear()
    .domain([timeOf(first), timeOf(last)])
    .range([left, width - 6])
  const y = scaleLinear()
    .domain([0, most])
    .nice()
    .range([height - bottom, 8])
  const points = (of: 'prefunded' | 'deficits') =>
    figures.map((figure) => ({ x: x(timeOf(figure.row)), y: y(figure[of]) }))
  const end = width - 6
  const here = rows.findLast((row) => row.revision <= revision) ?? first
  const worst = rows.filter(({ deficits, prefunded }) => compare(deficits, prefunded) > 0)
  const summary =
    worst.length === 0
      ? `From ${clock(first.at)} to ${clock(last.at)} the layers held more than accounts lacked.`
      : `From ${clock(first.at)} to ${clock(last.at)} accounts lacked more than the layers held at ${worst.length} moments; at ${clock(here.at)} they lacked ${readable(here.deficits)} and the layers held ${readable(here.prefunded)}.`
  return (
    <div ref={ref}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        role="img"
        aria-label={summary}
        data-rows={rows.length}
        data-most={most}
      >
        <title>{summary}</title>
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" style={{ fill: 'var(--short-faint)' }} />
            <path d="M0,0V6" style={{ stroke: 'var(--short)', strokeWidth: 1.2 }} />
          </pattern>
        </defs>
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <path class="axis" d={`M${left},${y(tick).toFixed(1)}H${end}`} />
            <text x={left - 6} y={y(tick) + 4} text-anchor="end">
              {short(tick)}
            </text>
          </g>
        ))}
        {timeTicks(timeOf(first), timeOf(last), width).map(({ at, text }) => (
          <text key={at} x={x(at)} y={height - 6} text-anchor="middle">
            {text}
          </text>
        ))}
        <path class="deficits-area" d={stepArea(points('deficits'), end, y(0))} />
        <path class="prefunded-area" d={stepArea(points('prefunded'), end, y(0))} opacity="0.85" />
        <path class="prefunded" d={stepLine(points('prefunded'), end)} />
        <path class="deficits" d={stepLine(points('deficits'), end)} />
        <path class="here" d={`M${x(timeOf(here)).toFixed(1)},8V${height - bottom}`} />
      </svg>
      <p class="dim mark">
        <span class="short">▬</span> what accounts below zero lack <span style={{ color: 'var(--accent)' }}>▬</span>{' '}
        what the layers hold
      </p>
    </div>
  )
}
