import type { ComponentChildren } from 'preact'
import { addressOf, type Page, turned } from '../model/place'
import { go, goTo, place, who } from '../model/session'
import { number } from '../say/counts'

const isPlain = ({ button, metaKey, ctrlKey, shiftKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey

interface ToPage {
  readonly page: Page
  readonly item?: string
  /** What a list is narrowed to, or a form begins with. */
  readonly filter?: string
  readonly children: ComponentChildren
  readonly isHere?: boolean
  /** The keyboard passes it by: what it leads to stands in a table too. */
  readonly isBeside?: boolean
}

/** A link to another page at this moment: an address like any other, so it can be copied and opened beside. */
export const To = ({ page, item, filter, isHere = false, isBeside = false, children }: ToPage) => {
  const here = place.value
  if (here === undefined) return <span>{children}</span>
  const there = { ...turned(here, page, item), ...(filter === undefined ? {} : { filter }) }
  return (
    <a
      href={addressOf(there)}
      aria-current={isHere ? 'page' : undefined}
      tabIndex={isBeside ? -1 : undefined}
      onClick={(event: MouseEvent) => {
        if (!isPlain(event)) return
        event.preventDefault()
        go(there)
      }}
    >
      {children}
    </a>
  )
}

/** Leads to the form of a command that begins with what is known here, where whoever looks may send it. */
export const ToCommand = ({
  type,
  data,
  children,
}: {
  readonly type: string
  readonly data: Readonly<Record<string, string>>
  readonly children: ComponentChildren
}) =>
  who.value?.commands.includes(type) === true ? (
    <span class="button">
      <To page="commands" item={type} filter={String(new URLSearchParams(data))}>
        {children}
      </To>
    </span>
  ) : null

/** An event, by its revision. */
export const EventLink = ({ revision }: { readonly revision: number }) => (
  <span class="mono">
    <To page="events" item={String(revision)}>
      {number(revision)}
    </To>
  </span>
)

/** Goes to the moment of an event and stays on the page. */
export const AtMoment = ({ revision }: { readonly revision: number }) => (
  <button type="button" onClick={() => goTo(revision, 'step')}>
    Go to this moment
  </button>
)

/** An account, by its name. */
export const AccountLink = ({ account }: { readonly account: string }) => (
  <To page="accounts" item={account}>
    {account}
  </To>
)
