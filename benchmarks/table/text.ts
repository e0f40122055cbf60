import { table } from '../../apps/cli/src/report/table'
import { type Goal, isReached, quickness, type Row, ratioOf, shown } from './row'

const goalText = ({ of, is, value }: Goal, unit: string): string =>
  `${is === 'at least' ? '>=' : '<='} ${shown(value)}${of === 'figure' && unit !== '' ? ` ${unit}` : ''}`

const reachedText = (row: Row): string => {
  const reached = isReached(row)
  return reached === undefined ? '' : reached ? 'yes' : 'NO'
}

const withUnit = (figure: number, unit: string): string => (unit === '' ? shown(figure) : `${shown(figure)} ${unit}`)

/** With its own ratio, which says more than the figure where the two were not measured at the same moment. */
const older = (before: Row): string => {
  const ratio = ratioOf(before)
  return `${withUnit(before.figure, before.unit)}${ratio === undefined ? '' : ` (${shown(ratio)})`}`
}

const cells = (row: Row, before: Row | undefined, isBeside: boolean): readonly string[] => {
  const ratio = ratioOf(row)
  return [
    row.what,
    ...(isBeside ? [before === undefined ? '' : older(before)] : []),
    withUnit(row.figure, row.unit),
    ...(isBeside ? [before === undefined ? '' : `${shown(quickness(row, before.figure))} x`] : []),
    row.baseline === undefined ? '' : `${row.baseline.what}: ${withUnit(row.baseline.figure, row.unit)}`,
    ratio === undefined ? '' : shown(ratio),
    row.goal === undefined ? '' : goalText(row.goal, row.unit),
    reachedText(row),
  ]
}

const heads = (isBeside: boolean): readonly string[] => [
  '',
  ...(isBeside ? ['before (its ratio)#'] : []),
  isBeside ? 'now#' : 'figure#',
  ...(isBeside ? ['quicker#'] : []),
  'baseline in the same run',
  'ratio#',
  'to reach',
  'reached',
]

/** The rows as a table; with those of an older version beside them, where there are any. */
export const asText = (rows: readonly Row[], before: readonly Row[] = []): string => {
  const isBeside = before.length > 0
  const byId = new Map(before.map((row) => [row.id, row]))
  return `${table(
    heads(isBeside),
    rows.map((row) => cells(row, byId.get(row.id), isBeside)),
  )}\n`
}

/** The same as a table of Markdown. */
export const asMarkdown = (rows: readonly Row[], before: readonly Row[] = []): string => {
  const isBeside = before.length > 0
  const byId = new Map(before.map((row) => [row.id, row]))
  const head = heads(isBeside)
  const line = (all: readonly string[]): string => `| ${all.join(' | ')} |`
  return `${[
    line(head.map((text) => text.replace('#', ''))),
    line(head.map((text) => (text.endsWith('#') ? '---:' : '---'))),
    ...rows.map((row) => line(cells(row, byId.get(row.id), isBeside))),
  ].join('\n')}\n`
}
