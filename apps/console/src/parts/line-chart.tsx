import type { Answer } from '@novation/client'
import { shadesOf } from '../draw/cells'
import { linearPath, reachOf, symlog } from '../draw/symlog'
import { short } from '../draw/ticks'
import { pixelsOf } from '../say/amounts'
import { count } from '../say/counts'
import { across, Frame, type Scale, upwards } from './frame'
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

/** All others, as squares of a grid. */
const shadesIn = ({ cells, equity, maintenanceMargin, squares }: Distribution['grid'], x: Scale, y: Scale) => {
  const high = (equity.to - equity.from) / squares
  const wide = (maintenanceMargin.to - maintenanceMargin.from) / squares
  const topOf = (row: number): number => equity.from + (row + 1) * high
  return shadesOf(cells, {
    most: Math.max(1, ...cells.map(([, , many = 0]) => many)),
    isUnder: (row) => topOf(row) <= 0,
    x: (column) => x(maintenanceMargin.from + column * wide),
    y: (row) => y(topOf(row)),
    wide: Math.max(2, Math.abs(x(wide) - x(0))),
    high: Math.max(2, Math.abs(y(high) - y(0))),
  })
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
  const shades = isEach ? [] : shadesIn(grid, x, y)
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
        {shades.map(({ name, isUnder, opacity, path }) => (
          <path key={name} class={isUnder ? 'cell under' : 'cell'} d={path} opacity={opacity} />
        ))}
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
