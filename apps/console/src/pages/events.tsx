import type { Event, SeenEvent } from '@novation/client'
import { answerOf, answerTo, revision } from '../model/session'
import { Answered } from '../parts/answered'
import { AtMoment, EventLink, To } from '../parts/go'
import { type Column, Table } from '../parts/table'
import { readable } from '../say/amounts'
import { happened } from '../say/happened'
import { moment } from '../say/times'

/** Who asked for it, where who looks may know. */
const by = (event: SeenEvent): string => ('metadata' in event ? event.metadata.actor : '')

const columns: readonly Column<SeenEvent>[] = [
  {
    head: 'revision',
    cell: (event) => <EventLink revision={event.revision} />,
    text: (event) => String(event.revision),
  },
  { head: 'ledger time', cell: (event) => moment(event.at), text: (event) => event.at },
  { head: 'type', cell: (event) => event.type, text: (event) => event.type },
  { head: 'what happened', cell: happened, text: happened },
  { head: 'by', cell: by, text: by },
]

const many = 200

/** The events up to the moment that is looked at, newest first. */
export const Events = () => {
  const at = revision.value ?? 0
  return (
    <Answered
      title="What happened, up to this moment?"
      note="newest first"
      known={answerTo('events', { from: Math.max(0, at - many + 1), limit: many })}
    >
      {({ items }) => (
        <Table
          name="events"
          rows={items.toReversed()}
          columns={columns}
          keyOf={(event) => String(event.revision)}
          none="Nothing has happened."
        />
      )}
    </Answered>
  )
}

const Posting = ({ postings }: Pick<Event, 'postings'>) => (
  <Table
    name="postings"
    rows={postings.map((posting, i) => ({ ...posting, i }))}
    columns={[
      { head: 'account in the books', cell: ({ account }) => account, text: ({ account }) => account },
      { head: 'asset', cell: ({ asset }) => asset, text: ({ asset }) => asset },
      { head: 'amount', isFigure: true, cell: ({ amount }) => readable(amount, 6), text: ({ amount }) => amount },
    ]}
    keyOf={({ i }) => String(i)}
    none="It moved nothing."
  />
)

/** One event: what it says, what it moved, and the command and cause behind it. */
export const OneEvent = ({ event: word }: { readonly event: string }) => (
  <Answered title={`Event ${word}`} known={answerOf('event', { event: word })}>
    {(event) => (
      <>
        <p>
          <strong>{happened(event)}</strong>{' '}
          <span class="dim">
            {moment(event.at)}, {event.type}
          </span>
        </p>
        <p>
          By command <span class="mono">{event.metadata.commandId}</span> of {event.metadata.actor}; it began with{' '}
          <span class="mono">{event.metadata.correlationId}</span>. <AtMoment revision={event.revision} />
        </p>
        <Posting postings={event.postings} />
        <pre>{JSON.stringify(event, null, 2)}</pre>
        <p>
          <To page="events">All events</To>
        </p>
      </>
    )}
  </Answered>
)
