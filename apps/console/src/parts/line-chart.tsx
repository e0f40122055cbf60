import type { Answer } from '@novation/client'
import { scaleLinear } from 'd3-scale'
import { pixelsOf } from '../say/amounts'
import { count } from '../say/counts'
import { To } from './go'
import { useWidth } from './width'

const height = 250
const left = 64
const bottom = 26

/** Straight near zero and a logarithm beyond one: the scale that the grid is told in. */
const symlog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))

const powers = [1, 100, 10_000, 1_000_000, 100_000_000]
const words = ['1', '100', '10 k', '1 m', '100 m']
/** Upwards one and its like would stand on top of zero. */
const upwards = powers.slice(1)

const shapes = { healthy: '○', restricted: '◐', liquidatable: '◆', bankrupt: '✕' } as const
const tones = { healthy: 'well', restricted: 'watched', liquidatable: 'danger', bankrupt: 'short' } as const

type Distribution = Answer<'distribution'>

/** Everybody by maintenance margin and equity: a square for each place, and those nearest the line one by one. */
export const LineChart = ({ distribution }: { readonly distribution: Distribution }) => {
  const { ref, width } = useWidth(560)
  const { grid, nearest, withPositions } = distribution
  if (withPositions === 0)
    return (
      <div ref={ref} class="empty">
        Nobody holds a position.
      </div>
    )
  const x = scaleLinear()
    .domain([grid.maintenanceMargin.from, grid.maintenanceMargin.to])
    .range([left, width - 8])
  const y = scaleLinear()
    .domain([grid.equity.from, grid.equity.to])
    .range([height - bottom, 8])
  const [wide, high] = [(width - 8 - left) / grid.squares, (height - bottom - 8) / grid.squares]
  const most = Math.max(...grid.cells.map(([, , many = 0]) => many))
  const zero = y(0)
  const near = nearest.filter(({ status }) => status !== 'healthy').slice(0, 200)
  const under = nearest.filter(({ status }) => status === 'bankrupt').length
  const summary = `${count(withPositions, 'account')} with positions; ${under} of those nearest the line are below zero.`
  const diagonal = Array.from({ length: 40 }, (_, i) => {
    const at = grid.maintenanceMargin.from + ((grid.maintenanceMargin.to - grid.maintenanceMargin.from) * i) / 39
    return `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)},${y(Math.min(at, grid.equity.to)).toFixed(1)}`
  }).join('')
  return (
    <div ref={ref}>
      <figure aria-label={summary}>
        <svg viewBox={`0 0 ${width} ${height}`} height={height} data-cells={grid.cells.length} data-under={under}>
          <title>{summary}</title>
          <rect
            x={left}
            y={zero}
            width={width - 8 - left}
            height={Math.max(0, height - bottom - zero)}
            style={{ fill: 'var(--short-faint)' }}
            opacity="0.5"
          />
          {[...upwards.map((power) => -power), 0, ...upwards].map((power) => {
            const at = symlog(power)
            if (at < grid.equity.from || at > grid.equity.to) return null
            const word = power === 0 ? '0' : `${power < 0 ? '-' : ''}${words[powers.indexOf(Math.abs(power))]}`
            return (
              <g key={power}>
                <path class="axis" d={`M${left},${y(at).toFixed(1)}H${width - 8}`} />
                <text x={left - 6} y={y(at) + 4} text-anchor="end">
                  {word}
                </text>
              </g>
            )
          })}
          {powers.map((power, i) => {
            const at = symlog(power)
            return at > grid.maintenanceMargin.to ? null : (
              <text key={power} x={x(at)} y={height - 8} text-anchor="middle">
                {words[i]}
              </text>
            )
          })}
          {grid.cells.map(([column = 0, row = 0, many = 0]) => {
            const top = height - bottom - (row + 1) * high
            return (
              <rect
                key={`${column} ${row}`}
                class={top >= zero ? 'cell under' : 'cell'}
                x={left + column * wide}
                y={top}
                width={Math.max(2, wide)}
                height={Math.max(2, high)}
                opacity={0.35 + 0.65 * (many / most)}
              />
            )
          })}
          <path class="diagonal" d={diagonal} />
          {near.map(({ account, status, equity, maintenanceMargin }) => (
            <To key={account} page="accounts" item={account}>
              <text
                class={`${tones[status]} shape`}
                x={x(symlog(pixelsOf(maintenanceMargin)))}
                y={y(symlog(pixelsOf(equity))) + 4}
                text-anchor="middle"
              >
                <title>{account}</title>
                {shapes[status]}
              </text>
            </To>
          ))}
        </svg>
        <figcaption class="dim mark">
          Equity upwards, maintenance margin to the right, both logarithmic; the dashed line is where they are equal.
        </figcaption>
      </figure>
    </div>
  )
}
