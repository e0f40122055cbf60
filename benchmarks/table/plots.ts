import { type Line, plot } from './plot'
import type { Row } from './row'

/** The rows of one kind by the number at the end of their ids. */
const lineOf = (rows: readonly Row[], kind: string, what: string): readonly Line[] => {
  const points = rows.flatMap(({ id, figure }): (readonly [number, number])[] => {
    const [, of, number] = /^(.*)-(\d+)$/.exec(id) ?? []
    return of === kind && figure > 0 ? [[Number(number), figure]] : []
  })
  return points.length === 0 ? [] : [{ what, points: points.sort(([a], [b]) => a - b) }]
}

/** What one event or tick costs, against how many accounts there are. */
export const costByAccounts = (rows: readonly Row[]): string =>
  plot('Cost by accounts', 'accounts', 'microseconds', [
    ...lineOf(rows, 'decide', 'decided and sealed, an event'),
    ...lineOf(rows, 'fold', 'read and folded, an event'),
    ...lineOf(rows, 'tick', 'a calm tick, p50'),
  ])

/** What one event costs to verify, against how many there are. */
export const costByEvents = (rows: readonly Row[]): string =>
  plot('Cost by events', 'events', 'microseconds an event', [
    ...lineOf(rows, 'verify-everything', 'everything'),
    ...lineOf(rows, 'verify-fold', 'fold'),
    ...lineOf(rows, 'verify-chain', 'chain'),
  ])
