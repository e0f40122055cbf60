import { healthOf, type Pool, type Status } from '@novation/clearing'
import { compare, type Decimal, format, subtract, toNumber } from '@novation/decimal'
import { AmountText, Count, Id, open } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { statusText } from '../forms/statement'
import { read } from './read'

/** The picture of everybody is a grid of so many squares a side, */
const squares = 64
/** and so many are told one by one. */
const nearest = 500

const AxisForm = open('Axis', { from: t.number, to: t.number })

const DistributionForm = open('Distribution', {
  accounts: Count,
  withPositions: Count,
  grid: open('Grid', {
    squares: Count,
    scale: t.literal('symlog'),
    maintenanceMargin: AxisForm,
    equity: AxisForm,
    /** Column, row, and how many stand there. */
    cells: t.readonlyArray(t.readonlyArray(t.number)),
  }),
  nearest: t.readonlyArray(
    open('Stand', {
      account: Id,
      status: statusText,
      equity: AmountText,
      maintenanceMargin: AmountText,
      room: AmountText,
    }),
  ),
})

interface Stand {
  readonly account: string
  readonly status: Status
  readonly equity: Decimal
  readonly maintenance: Decimal
  readonly room: Decimal
}

/** Everybody with a position: who holds none is held to no line. */
const standsIn = (pool: Pool): readonly Stand[] =>
  [...pool.accounts.values()].flatMap((account) => {
    if (account.positions.size === 0) return []
    const { status, equity, best, maintenance } = healthOf(pool, account)
    return [{ account: account.id, status, equity, maintenance, room: subtract(best, maintenance) }]
  })

/** Straight near zero and a logarithm beyond one: figures of every size and either sign have a place. For pictures, in doubles. */
const symlog = (amount: Decimal): number => {
  const value = toNumber(amount)
  return Math.sign(value) * Math.log1p(Math.abs(value))
}

interface Axis {
  readonly from: number
  readonly to: number
}

const axisOf = (values: readonly number[]): Axis => {
  const [from, to] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0])
  return { from: from ?? 0, to: to ?? 0 }
}

const squareOf = ({ from, to }: Axis, value: number): number =>
  to === from ? 0 : Math.min(squares - 1, Math.floor(((value - from) / (to - from)) * squares))

/** How many stand in which square; those in which nobody stands are left out. */
const gridOf = (stands: readonly Stand[]) => {
  const points = stands.map(({ equity, maintenance }) => ({ x: symlog(maintenance), y: symlog(equity) }))
  const [x, y] = [axisOf(points.map((point) => point.x)), axisOf(points.map((point) => point.y))]
  const counts = new Map<number, number>()
  for (const point of points) {
    const square = squareOf(y, point.y) * squares + squareOf(x, point.x)
    counts.set(square, (counts.get(square) ?? 0) + 1)
  }
  const cells = [...counts].sort(([a], [b]) => a - b)
  return {
    squares,
    scale: 'symlog' as const,
    maintenanceMargin: x,
    equity: y,
    cells: cells.map(([square, count]) => [square % squares, Math.floor(square / squares), count]),
  }
}

export const distribution = read({
  path: '/distribution',
  seenBy: 'pool',
  summary: 'How everybody stands: equity by maintenance margin as a grid, and who is nearest the line',
  query: {},
  answers: DistributionForm,
  isList: false,
  isHeavy: true,
  read: ({ pool }) => {
    const stands = standsIn(pool)
    const ranked = stands.toSorted((a, b) => compare(a.room, b.room) || (a.account < b.account ? -1 : 1))
    return right({
      json: {
        accounts: pool.accounts.size,
        withPositions: stands.length,
        grid: gridOf(stands),
        nearest: ranked.slice(0, nearest).map(({ account, status, equity, maintenance, room }) => ({
          account,
          status,
          equity: format(equity),
          maintenanceMargin: format(maintenance),
          room: format(room),
        })),
      },
    })
  },
})
