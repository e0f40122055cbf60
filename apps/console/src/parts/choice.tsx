import { go, place } from '../model/session'

/** Narrows what a page lists; what was chosen stands in the address. */
export const Choice = ({
  name,
  of,
}: {
  readonly name: string
  /** What the address says, and what is read. */
  readonly of: readonly (readonly [string, string])[]
}) => {
  const here = place.value
  if (here === undefined) return null
  const choose = (filter: string): void => {
    const { filter: _, ...rest } = here
    go(filter === '' ? rest : { ...rest, filter })
  }
  return (
    <label>
      {name}{' '}
      <select
        value={here.filter ?? ''}
        onChange={(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}
      >
        {of.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}
