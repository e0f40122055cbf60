import { useEffect, useState } from 'preact/hooks'
import { onKey } from '../world'
import { Over } from './over'
import { Search } from './search'

const keys = [
  ['Ctrl K', 'search: a revision, a time, a page, an account, an auction'],
  ['?', 'this list'],
  ['← →', 'on the strip: one event back or on; with Shift a hundred'],
  ['Tab, Enter', 'from one thing to the next; opens it'],
  ['↑ ↓', 'in a table that is chosen: through its rows'],
  ['Esc', 'closes what lies over the page'],
] as const

const isWriting = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLInputElement ||
  event.target instanceof HTMLSelectElement ||
  event.target instanceof HTMLTextAreaElement

/** Search and the list of keys: by their keys, and by buttons for who has none. */
export const Keys = () => {
  const [open, setOpen] = useState<'search' | 'keys'>()
  useEffect(
    () =>
      onKey((event) => {
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
          event.preventDefault()
          setOpen('search')
        } else if (event.key === '?' && !isWriting(event)) setOpen('keys')
      }),
    [],
  )
  const close = (): void => setOpen(undefined)
  return (
    <>
      <button type="button" onClick={() => setOpen('search')}>
        Search <span class="dim">Ctrl K</span>
      </button>
      <button type="button" aria-label="Keys" onClick={() => setOpen('keys')}>
        ?
      </button>
      {open === 'search' ? <Search close={close} /> : null}
      {open === 'keys' ? (
        <Over name="Keys" close={close}>
          <h2>Keys</h2>
          <dl class="facts">{keys.map(([key, does]) => [<dt key={key}>{key}</dt>, <dd key={does}>{does}</dd>])}</dl>
          <form method="dialog">
            <button type="submit">Close</button>
          </form>
        </Over>
      ) : null}
    </>
  )
}
