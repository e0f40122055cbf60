import type { SeenEvent } from '@novation/client'
import { isTelling } from '../say/bearing'
import { count } from '../say/counts'
import { happened } from '../say/happened'
import { EventLink } from './go'

/** The newest that tell something, a line each; how many others there were meanwhile is said. */
export const Happened = ({
  events,
  most = events.length,
}: {
  readonly events: readonly SeenEvent[]
  readonly most?: number
}) => {
  const telling = events.filter(isTelling)
  const shown = telling.slice(0, most)
  const oldest = shown.at(-1)?.revision ?? 0
  const others = events.filter((event) => !isTelling(event) && event.revision >= oldest).length
  return (
    <>
      <ul class="lines">
        {shown.map((event) => (
          <li key={event.revision}>
            <EventLink revision={event.revision} />
            <span title={happened(event)}>{happened(event)}</span>
          </li>
        ))}
      </ul>
      {others === 0 ? null : (
        <p class="dim">
          Between them {count(others, 'command was turned down', 'commands were turned down')} or a time came.
        </p>
      )}
    </>
  )
}
