import type { JSX } from 'preact'
import { type Part, partAround } from '../model/course'
import { useWidth } from './width'

/** A drawing of what is around a moment, as wide as there is room; in words where there is nothing to be drawn. */
export const Around = <R extends { readonly revision: number; readonly at: string }>({
  rows,
  revision,
  most,
  wide,
  children,
}: {
  readonly rows: readonly R[]
  readonly revision: number
  /** So many rows on either side of the moment. */
  readonly most: number
  /** How wide it is drawn where nothing is known of the window. */
  readonly wide: number
  readonly children: (part: Part<R>, width: number) => JSX.Element
}) => {
  const { ref, width } = useWidth(wide)
  const part = partAround(rows, revision, most)
  return (
    <div ref={ref} class={part === undefined ? 'empty' : ''}>
      {part === undefined ? 'Nothing to draw yet.' : children(part, width)}
    </div>
  )
}
