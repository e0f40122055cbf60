import type { ComponentChildren } from 'preact'
import { To } from './go'

/** What an event told leads to it, once that is known. */
export const Traced = ({ by, children }: { readonly by: number | undefined; readonly children: ComponentChildren }) =>
  by === undefined ? (
    <span>{children}</span>
  ) : (
    <To page="events" item={String(by)}>
      {children}
    </To>
  )
