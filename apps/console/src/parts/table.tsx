import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { csvOf } from '../say/csv'
import { save } from '../world'
import { Empty } from './card'
import { useVirtual } from './use-virtual'

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

/** Saves rows as CSV, by the texts of their columns. */
export const saveRows = <A,>({ name, rows, columns }: Pick<Shown<A>, 'name' | 'rows' | 'columns'>): void =>
  save(
    `${name}.csv`,
    csvOf(
      columns.map(({ head }) => head),
      rows.map((row) => columns.map(({ text }) => text(row))),
    ),
  )

/** Room for rows that are not drawn. */
const Room = ({ height, wide }: { readonly height: number; readonly wide: number }) =>
  height === 0 ? null : (
    <tr class="room">
      <td colSpan={wide} style={{ height: `${height}px` }} />
    </tr>
  )

const rowHeight = 30

/** A table of so many rows, each asked for when it is drawn: a row that is not there yet stands as one. */
export const LongTable = <A,>({
  name,
  count,
  rowAt,
  columns,
  chosen,
  keyOf,
  hearsAway,
}: Pick<Shown<A>, 'name' | 'columns' | 'chosen' | 'keyOf'> & {
  readonly count: number
  readonly rowAt: (place: number) => A | undefined
  /** Hears whether somebody has scrolled away from the first row. */
  readonly hearsAway?: (isAway: boolean) => void
}) => {
  const { ref, shown, above, below, isAway } = useVirtual(count, rowHeight)
  useEffect(() => hearsAway?.(isAway), [isAway])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="scroll long" tabIndex={0} aria-label={name} ref={ref}>
      <table aria-rowcount={count + 1}>
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
          <Room height={above} wide={columns.length} />
          {shown.map((place) => {
            const row = rowAt(place)
            return row === undefined ? (
              <tr key={place} aria-rowindex={place + 2}>
                <td class="dim" colSpan={columns.length}>
                  …
                </td>
              </tr>
            ) : (
              <tr key={keyOf(row)} aria-rowindex={place + 2} class={keyOf(row) === chosen ? 'chosen' : ''}>
                {columns.map(({ head, isFigure, cell }) => (
                  <td key={head} class={isFigure ? 'end' : ''}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          <Room height={below} wide={columns.length} />
        </tbody>
      </table>
    </section>
  )
}

/** A table that can be taken along as CSV. */
export const Table = <A,>({ none, ...table }: Shown<A>) =>
  table.rows.length === 0 ? (
    <Empty>{none}</Empty>
  ) : (
    <>
      <LongTable {...table} count={table.rows.length} rowAt={(place) => table.rows[place]} />
      <button type="button" class="quiet" onClick={() => saveRows(table)}>
        Take along as CSV
      </button>
    </>
  )
