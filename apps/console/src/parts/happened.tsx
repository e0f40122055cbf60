import type { SeenEvent } from '@novation/client'
import { happened } from '../say/happened'
import { EventLink } from './go'

/** Events, a line each. */
export const Happened = ({ events }: { readonly events: readonly SeenEvent[] }) => (
  <ul class="lines">
    {events.map((event) => (
      <li key={event.revision}>
        <EventLink revision={event.revision} />
        <span title={happened(event)}>{happened(event)}</span>
      </li>
    ))}
  </ul>
)
