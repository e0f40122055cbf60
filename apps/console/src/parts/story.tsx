import type { SeenEvent } from '@novation/client'
import { toneOf } from '../say/bearing'
import { happened, words } from '../say/happened'
import { clock } from '../say/times'
import { Card, Empty } from './card'
import { EventLink, To } from './go'
import type { Told } from './use-story'

/** Which command did it and for whom, and the event that it followed from where that is told here too. */
const Behind = ({ event, known }: { readonly event: SeenEvent; readonly known: ReadonlyMap<string, number> }) => {
  if (!('metadata' in event)) return null
  const { command, causationId, actor } = event.metadata
  const type = (command as { readonly type?: string } | undefined)?.type
  const cause = known.get(causationId)
  return (
    <span class="dim behind">
      {type === undefined ? 'by' : `${words(type)}, by`} {actor}
      {cause === undefined ? null : (
        <>
          {' ← '}
          <EventLink revision={cause} />
        </>
      )}
    </span>
  )
}

/** What happened to an account and which command was behind it, newest first. */
export const Story = ({ story: { told, why, isOld } }: { readonly story: Told }) => {
  const known = new Map(told?.events.map(({ id, revision }) => [id, revision]))
  return (
    <Card title="Why?" note="each step, and the command behind it; newest first" isOld={isOld}>
      {why === undefined ? null : <p class="notice">This could not be answered: {why}</p>}
      {told === undefined ? <Empty>{why === undefined ? 'Asking the gateway …' : ''}</Empty> : null}
      {told?.events.length === 0 ? <Empty>Nothing has happened to it.</Empty> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="scroll tall" tabIndex={0} aria-label="story">
        <ol class="spine">
          {told?.events.map((event) => (
            <li key={event.revision} class={toneOf(event)}>
              <EventLink revision={event.revision} /> <span class="dim">{clock(event.at)}</span> {happened(event)}
              <Behind event={event} known={known} />
            </li>
          ))}
        </ol>
      </section>
      {told === undefined || told.isWhole ? null : (
        <p class="dim">
          What was before that stands in the <To page="events">list of events</To>.
        </p>
      )}
    </Card>
  )
}
