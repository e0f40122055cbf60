import { availableParallelism, cpus } from 'node:os'
import { table } from '../../apps/cli/src/report/table'
import type { Options } from './options'

/** One figure, and where it has a named baseline, the ratio to that row of the same part. */
export interface Row {
  readonly what: string
  readonly figure: number
  readonly unit: string
  readonly baseline?: string
}

export interface Part {
  readonly title: string
  readonly rows: readonly Row[]
  readonly notes: readonly string[]
}

const machine = () => ({
  cores: availableParallelism(),
  cpu: cpus()[0]?.model ?? 'unknown',
  node: process.version,
})

const ratioOf = ({ rows }: Part, { figure, baseline }: Row): number | undefined => {
  const base = rows.find(({ what }) => what === baseline)
  return base === undefined ? undefined : figure / base.figure
}

/** Three figures say all that a second run would say again. */
const shown = (figure: number): string =>
  figure >= 100 ? Math.round(figure).toLocaleString('en') : String(Number(figure.toPrecision(3)))

const rowsOf = (part: Part): readonly (readonly string[])[] =>
  part.rows.map((row) => {
    const ratio = ratioOf(part, row)
    return [row.what, `${shown(row.figure)} ${row.unit}`, ratio === undefined ? '' : shown(ratio), row.baseline ?? '']
  })

const asText = (parts: readonly Part[]): string => {
  const { cores, cpu, node } = machine()
  const texts = parts.map((part) =>
    [part.title, '', table(['', 'figure#', 'ratio#', 'to'], rowsOf(part)), ...part.notes, ''].join('\n'),
  )
  return [`${cores} cores of ${cpu}, Node ${node}`, '', ...texts].join('\n')
}

const asJson = (parts: readonly Part[], options: object): string =>
  JSON.stringify({
    machine: machine(),
    options,
    parts: parts.map((part) => ({
      ...part,
      rows: part.rows.map((row) => ({ ...row, ratio: ratioOf(part, row) })),
    })),
  })

/** `options` are said with the figures. */
export const reportOf = <O extends Pick<Options, 'output'>>(parts: readonly Part[], options: O): string =>
  options.output === 'json' ? `${asJson(parts, options)}\n` : asText(parts)

/** What is going on, for whoever waits: never among the results. */
export const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`)
