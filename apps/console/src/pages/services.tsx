import { place, pool } from '../model/session'
import { Answered } from '../parts/answered'
import { Card, Empty } from '../parts/card'
import { EventLink } from '../parts/go'
import { Tone } from '../parts/status'
import { type Column, Table } from '../parts/table'
import { useNow } from '../parts/use-now'
import { number } from '../say/counts'
import { words } from '../say/happened'
import { does, type Services as Said, since, wellnessOf } from '../say/services'
import { moment } from '../say/times'

type Service = Said['services'][number]
type Letters = Said['deadLetters'][number]

const services: readonly Column<Service>[] = [
  { head: 'service', cell: ({ service }) => service, text: ({ service }) => service },
  {
    head: 'what it is there for',
    cell: ({ service }) => does[service] ?? '',
    text: ({ service }) => does[service] ?? '',
  },
  {
    head: 'asked',
    isFigure: true,
    cell: ({ commands }) => number(commands),
    text: ({ commands }) => String(commands),
  },
  {
    head: 'last',
    cell: ({ last }) => (last === undefined ? 'nothing yet' : words(last.type)),
    text: ({ last }) => last?.type ?? '',
  },
  {
    head: 'event',
    isFigure: true,
    cell: ({ last }) => (last === undefined ? '' : <EventLink revision={last.revision} />),
    text: ({ last }) => String(last?.revision ?? ''),
  },
  {
    head: 'ledger time',
    cell: ({ last }) => (last === undefined ? '' : moment(last.at)),
    text: ({ last }) => last?.at ?? '',
  },
]

const letters: readonly Column<Letters>[] = [
  { head: 'reason', cell: ({ code }) => code, text: ({ code }) => code },
  { head: 'records', isFigure: true, cell: ({ count }) => number(count), text: ({ count }) => String(count) },
  { head: 'last heard of', cell: ({ heardAt }) => moment(heardAt), text: ({ heardAt }) => heardAt },
]

/** How the gateway keeps up with the ledger, and those who follow with the gateway. */
const Gateway = ({ said }: { readonly said: Said }) => (
  <dl class="facts">
    <dt>came to</dt>
    <dd>
      <EventLink revision={said.revision} /> of {moment(said.at)}
      {said.heardAt === undefined ? '' : `, heard ${since(said.heardAt, said.now)} ago`}
    </dd>
    <dt>up since</dt>
    <dd>{moment(said.since)}</dd>
    <dt>connections</dt>
    <dd>
      {number(said.feeds.connections)}, {number(said.feeds.behind)} behind
    </dd>
    <dt>tells every</dt>
    <dd>
      {number(said.feeds.flush_ms)} ms, which takes {number(Math.round(said.feeds.took_ms))} ms
    </dd>
    <dt>commands</dt>
    <dd>{number(said.commandsWaiting)} on their way</dd>
    <dt>jobs</dt>
    <dd>
      {number(said.jobs.running)} running, {number(said.jobs.waiting)} waiting
    </dd>
  </dl>
)

const Wellness = ({ said }: { readonly said: Said }) => {
  const { tone, sentence } = wellnessOf(said)
  return (
    <p class="sentence">
      <Tone of={tone} /> {sentence}
    </p>
  )
}

/** Whether it is well: of now, whatever moment is looked at. */
export const Services = () => {
  const name = place.value?.pool ?? ''
  const known = useNow(async () => (await pool().ask('services', {})).data, name)
  return (
    <>
      {known.data === undefined ? null : <Wellness said={known.data} />}
      <Answered title="What do the services ask?" note="of now, whatever moment is looked at" known={known}>
        {(said) => (
          <>
            <Table
              name="services"
              rows={said.services}
              columns={services}
              keyOf={({ service }) => service}
              none="There are no services here."
            />
            <p class="dim">
              {said.from === undefined
                ? 'Nothing has been heard yet.'
                : `Counted from revision ${number(said.from)}, since this gateway was opened.`}
            </p>
          </>
        )}
      </Answered>
      <div class="cards two">
        <Answered title="Does the gateway keep up?" known={known}>
          {(said) => <Gateway said={said} />}
        </Answered>
        <Card title="What was turned away?" note="at the door of the ledger, where it leaves no event">
          {known.data === undefined ? (
            <Empty>Nothing is known yet.</Empty>
          ) : (
            <Table
              name="dead-letters"
              rows={known.data.deadLetters}
              columns={letters}
              keyOf={({ code }) => code}
              none="Nothing, since this gateway was opened."
            />
          )}
        </Card>
      </div>
    </>
  )
}
