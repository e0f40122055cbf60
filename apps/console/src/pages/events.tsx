import type { Event, SeenEvent } from '@novation/client'
import { useState } from 'preact/hooks'
import { answerOf, answerTo, isLive, place, pool, revision } from '../model/session'
import { Answered } from '../parts/answered'
import { Card } from '../parts/card'
import { Choice } from '../parts/choice'
import { AtMoment, EventLink } from '../parts/go'
import { type Column, LongTable, saveRows, Table } from '../parts/table'
import { readable } from '../say/amounts'
import { count, number } from '../say/counts'
import { happened } from '../say/happened'
import { isKind, kinds } from '../say/kinds'
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

const Kinds = () => (
  <Choice name="Kind" of={[['', 'all'], ...Object.keys(kinds).map((kind): [string, string] => [kind, kind])]} />
)

/** So many events are asked for at once: blocks of the whole history, which never change once they are full. */
const block = 200

const eventAt = (revision: number, newest: number): SeenEvent | undefined => {
  const from = revision - (revision % block)
  const words = { at: Math.min(newest, from + block - 1), from, limit: block }
  return answerOf('events', words).data?.items[revision - from]
}

const latest = 1000

const takeLatest = async (newest: number): Promise<void> => {
  const words = { at: newest, from: Math.max(0, newest - latest + 1), limit: latest }
  const { data } = await pool().ask('events', words)
  saveRows({ name: 'events', rows: data.items.toReversed(), columns })
}

/** So many rows have room in one table: no browser draws anything much higher. */
const mostRows = 1_000_000

/** Every event there was, newest first: whoever scrolls comes to the first, or as far back as a table reaches. */
const AllEvents = ({ at }: { readonly at: number }) => {
  // What is being read stays where it is: what is new meanwhile is shown to whoever comes back to the first row.
  const [read, setRead] = useState<number>()
  const newest = isLive.value ? (read ?? at) : at
  return (
    <Card title="What happened, up to this moment?" note={<Kinds />}>
      <LongTable
        name="events"
        count={Math.min(newest + 1, mostRows)}
        rowAt={(place) => eventAt(newest - place, newest)}
        columns={columns}
        keyOf={(event) => String(event.revision)}
        hearsAway={(isAway) => setRead(isAway ? at : undefined)}
      />
      {newest === at ? null : <p class="watched">◐ {count(at - newest, 'event')} since: scroll to the top.</p>}
      {newest < mostRows ? null : (
        <p class="dim">
          What was before revision {number(newest - mostRows + 1)} stands here at an earlier moment: go there by the
          strip, or by Search.
        </p>
      )}
      <button type="button" class="quiet" onClick={() => void takeLatest(newest)}>
        Take the latest {number(latest)} along as CSV
      </button>
    </Card>
  )
}

/** How far one looks back for events of one kind. */
const lookBackForKind = 20_000

/** The events up to the moment that is looked at, newest first: all, or the latest of one kind. */
export const Events = () => {
  const at = revision.value ?? 0
  const kind = place.value?.filter
  if (!isKind(kind)) return <AllEvents at={at} />
  return (
    <Answered
      title="What happened, up to this moment?"
      note={<Kinds />}
      known={answerTo('events', { from: Math.max(0, at - lookBackForKind), type: [...kinds[kind]], limit: 1000 })}
    >
      {({ items }) => (
        <Table
          name="events"
          rows={items.toReversed()}
          columns={columns}
          keyOf={(event) => String(event.revision)}
          none="Nothing of the kind has happened lately."
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

/** The event that this one followed from; a command from outside follows from none. */
const Cause = ({ id }: { readonly id: string }) => {
  const cause = answerOf('event', { event: id }).data
  return cause === undefined ? (
    <span class="mono">{id}</span>
  ) : (
    <>
      <EventLink revision={cause.revision} /> {happened(cause)}
    </>
  )
}

const Behind = ({ event: { metadata, revision: at } }: { readonly event: Event }) => (
  <dl class="facts">
    <dt>command</dt>
    <dd class="mono">{metadata.commandId}</dd>
    <dt>sent by</dt>
    <dd>{metadata.actor}</dd>
    <dt>because of</dt>
    <dd>
      {metadata.causationId === metadata.commandId || at === 0 ? (
        'nothing before: it came from outside'
      ) : (
        <Cause id={metadata.causationId} />
      )}
    </dd>
    <dt>it all began with</dt>
    <dd class="mono">{metadata.correlationId}</dd>
    <dt>hash</dt>
    <dd class="mono hash">{metadata.hash}</dd>
    <dt>before it</dt>
    <dd>{at === 0 ? 'nothing: it is the first' : <EventLink revision={at - 1} />}</dd>
  </dl>
)

/** One event: what it says, what it moved, and the command and cause behind it. */
export const OneEvent = ({ event: word }: { readonly event: string }) => {
  const known = answerOf('event', { event: word })
  return (
    <>
      <div class="headline">
        <h1>{known.data === undefined ? `Event ${word}` : `Event ${number(known.data.revision)}`}</h1>
        {known.data === undefined ? null : <p>{happened(known.data)}</p>}
        <span class="spacer" />
        {known.data === undefined ? null : <AtMoment revision={known.data.revision} />}
      </div>
      <div class="cards two">
        <div class="cards">
          <Answered
            title="What is behind it?"
            note={known.data && `${known.data.type}, ${moment(known.data.at)}`}
            known={known}
          >
            {(event) => <Behind event={event} />}
          </Answered>
          <Answered title="What did it move?" known={known}>
            {(event) => <Posting postings={event.postings} />}
          </Answered>
        </div>
        <Answered title="What exactly?" note="as it is recorded" known={known}>
          {(event) => <pre>{JSON.stringify(event, null, 2)}</pre>}
        </Answered>
      </div>
    </>
  )
}
