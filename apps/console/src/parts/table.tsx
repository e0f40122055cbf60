import type { ComponentChildren } from 'preact'
import { csvOf } from '../say/csv'
import { save } from '../world'
import { Empty } from './card'

/** A column: what stands over it, what stands in it, and the exact text of that for a file. */
export interface Column<A> {
  readonly head: string
  readonly isFigure?: boolean
  readonly cell: (row: A) => ComponentChildren
  readonly text: (row: A) => string
}

interface Shown<A> {
  readonly name: string
  readonly rows: readonly A[]
  readonly columns: readonly Column<A>[]
  readonly keyOf: (row: A) => string
  readonly none: string
  /** The key of the row that is looked at. */
  readonly chosen?: string
}

/** A button that takes rows along as a file. */
export const TakeAlong = <A,>({ name, rows, columns }: Pick<Shown<A>, 'name' | 'rows' | 'columns'>) => (
  <button
    type="button"
    class="quiet"
    onClick={() =>
      save(
        `${name}.csv`,
        csvOf(
          columns.map(({ head }) => head),
          rows.map((row) => columns.map(({ text }) => text(row))),
        ),
      )
    }
  >
    Take along as CSV
  </button>
)

/** A table that can be taken along as CSV. */
export const Table = <A,>({ name, rows, columns, keyOf, none, chosen }: Shown<A>) =>
  rows.length === 0 ? (
    <Empty>{none}</Empty>
  ) : (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label={name}>
        <table>
          <thead>
            <tr>
              {columns.map(({ head, isFigure }) => (
                <th key={head} scope="col" class={isFigure ? 'end' : ''}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)} class={keyOf(row) === chosen ? 'chosen' : ''}>
                {columns.map(({ head, isFigure, cell }) => (
                  <td key={head} class={isFigure ? 'end' : ''}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <TakeAlong {...{ name, rows, columns }} />
    </>
  )
