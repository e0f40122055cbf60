import type { Answer } from '@novation/client'
import { linearPath, reachOf, symlog } from '../draw/symlog'
import { short } from '../draw/ticks'
import { pixelsOf } from '../say/amounts'
import { count } from '../say/counts'
import { across, Frame, upwards } from './frame'
import { To } from './go'
import { marks } from './status'
import { useWidth } from './width'

const height = 250

type Distribution = Answer<'distribution'>
type Near = Distribution['nearest'][number]

/** So many of those in need are drawn by their shape; beyond, their place in the grid says enough. */
const shapesLimit = 200

const saying = ({ withPositions, nearest }: Distribution): string => {
  const of = (status: Near['status']): number => nearest.filter((near) => near.status === status).length
  return `${count(withPositions, 'account')} with positions; of those nearest the line ${of('bankrupt')} are below zero, ${of('liquidatable')} below their maintenance margin, ${of('restricted')} below their initial margin.`
}

/** Everybody by maintenance margin and equity: whoever is near the line one by one, all others as squares of a grid. */
export const LineChart = ({ distribution }: { readonly distribution: Distribution }) => {
  const { ref, width } = useWidth(560)
  const { grid, nearest, withPositions } = distribution
  if (withPositions === 0)
    return (
      <div ref={ref} class="empty">
        Nobody holds a position.
      </div>
    )
  const [right, up] = [reachOf(grid.maintenanceMargin), reachOf(grid.equity)]
  const x = across(right.from, right.to, width)
  const y = upwards(up.from, up.to, height)
  const isEach = withPositions <= nearest.length
  const placed = (near: Near) => ({
    x: x(symlog(pixelsOf(near.maintenanceMargin))),
    y: y(symlog(pixelsOf(near.equity))),
  })
  const inNeed = nearest.filter(({ status }) => status !== 'healthy').slice(0, shapesLimit)
  const well = isEach ? nearest.filter(({ status }) => status === 'healthy') : []
  const zero = y(0)
  const [start = 0, end = width] = x.range()
  const most = Math.max(1, ...grid.cells.map(([, , many = 0]) => many))
  const [wide, high] = [
    Math.abs(x(1) - x(0)) * ((grid.maintenanceMargin.to - grid.maintenanceMargin.from) / grid.squares),
    Math.abs(y(1) - y(0)) * ((grid.equity.to - grid.equity.from) / grid.squares),
  ]
  return (
    <div ref={ref}>
      <Frame
        summary={saying(distribution)}
        isWay
        {...{ width, height, x, y }}
        ticks={up.powers.map((power) => ({ at: symlog(power), text: short(power) }))}
        under={right.powers.map((power) => ({ at: symlog(power), text: short(power) }))}
        data={{ 'data-cells': grid.cells.length, 'data-near': inNeed.length, 'data-well': well.length }}
      >
        <rect
          class="below-zero"
          x={start}
          y={zero}
          width={end - start}
          height={Math.max(0, (y.range()[0] ?? 0) - zero)}
        />
        {isEach
          ? null
          : grid.cells.map(([column = 0, row = 0, many = 0]) => {
              const equity = grid.equity.from + ((row + 1) * (grid.equity.to - grid.equity.from)) / grid.squares
              return (
                <rect
                  key={`${column} ${row}`}
                  class={equity <= 0 ? 'cell under' : 'cell'}
                  x={x(grid.maintenanceMargin.from) + column * wide}
                  y={y(equity)}
                  width={Math.max(2, wide)}
                  height={Math.max(2, high)}
                  opacity={0.35 + 0.65 * (many / most)}
                />
              )
            })}
        <path class="diagonal" d={linearPath(right, up, x, y)} />
        {well.map((near) => {
          const at = placed(near)
          return <circle key={near.account} class="cell" cx={at.x} cy={at.y} r="2.2" opacity="0.75" />
        })}
        {inNeed.map((near) => {
          const [shape, tone] = marks[near.status]
          const at = placed(near)
          return (
            <To key={near.account} page="accounts" item={near.account} isBeside>
              <text class={`${tone} shape`} x={at.x} y={at.y + 4} text-anchor="middle">
                <title>{near.account}</title>
                {shape}
              </text>
            </To>
          )
        })}
      </Frame>
      <p class="dim mark">Equity upwards, maintenance margin to the right; on the dashed line they are equal.</p>
    </div>
  )
}
