import type { LedgerEvent } from '@novation/events'
import type { Append, Law } from './append'
import { appendsOf } from './lawful'

/** What a law says of a history in which one event is altered before the law sees it, or an append is not shown to it at all. */
export const told = (
  law: Law,
  { events }: { readonly events: readonly LedgerEvent[] },
  shown: (append: Append) => Append | undefined,
): string | undefined => {
  for (const append of appendsOf(events)) {
    const altered = shown(append)
    const broken = altered === undefined ? undefined : law(altered)
    if (broken !== undefined) return broken
  }
  return undefined
}

/** Events of this kind say something else. */
export const saying =
  (type: LedgerEvent['type'], what: object) =>
  (append: Append): Append => ({
    ...append,
    events: append.events.map((event) =>
      event.type === type ? ({ ...event, data: { ...event.data, ...what } } as LedgerEvent) : event,
    ),
  })

export const asItIs = (append: Append): Append => append
