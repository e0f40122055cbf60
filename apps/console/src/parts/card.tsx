import type { ComponentChildren } from 'preact'

/** A question and its answer. */
export const Card = ({
  title,
  note,
  isOld = false,
  isBusy = isOld,
  children,
}: {
  readonly title: string
  readonly note?: ComponentChildren
  /** What is shown is of the moment before: the one that is asked for is on its way. */
  readonly isOld?: boolean
  /** Something of it is on its way. */
  readonly isBusy?: boolean
  readonly children: ComponentChildren
}) => (
  <section class={isOld ? 'card old' : 'card'} aria-busy={isBusy}>
    <header>
      <h2>{title}</h2>
      {isOld ? <span class="watched">◐ still of the moment before</span> : null}
      {note === undefined ? null : <span class="dim">{note}</span>}
    </header>
    {children}
  </section>
)

export const Empty = ({ children }: { readonly children: ComponentChildren }) => <p class="empty">{children}</p>
