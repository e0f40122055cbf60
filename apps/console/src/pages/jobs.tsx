import type { Pool } from '@novation/client'
import { useState } from 'preact/hooks'
import { place, pool, who } from '../model/session'
import { Answered } from '../parts/answered'
import { type Column, Table } from '../parts/table'
import { useNow } from '../parts/use-now'
import { count, number } from '../say/counts'
import { courseOf, details, isOver, type Job, markOf, sizeOf, wanted } from '../say/jobs'
import { moment } from '../say/times'

type Asked = Parameters<Pool['beginJob']>[0]

/** What can be begun here; what changed, and what would have been, have pages of their own. */
const offers: readonly (readonly [string, Asked])[] = [
  ['Verify the ledger', { kind: 'verify' }],
  ['Take out the postings', { kind: 'export', output: 'csv' }],
  ['Take out the commands', { kind: 'export', output: 'commands' }],
  ['Work out the disclosure', { kind: 'disclosure' }],
]

const Course = ({ job }: { readonly job: Job }) => {
  const [shape, tone] = markOf(job)
  return (
    <span class={tone}>
      <span aria-hidden="true">{shape}</span> {courseOf(job)}
    </span>
  )
}

const resultOf = ({ pool: name, id }: Job): string => `/v1/pools/${encodeURIComponent(name)}/jobs/${id}/result`

const columnsWith = (stop: (job: Job) => void): readonly Column<Job>[] => [
  { head: 'what', cell: wanted, text: wanted },
  { head: 'of', cell: details, text: details },
  {
    head: 'up to',
    isFigure: true,
    cell: ({ revision }) => number(revision),
    text: ({ revision }) => String(revision),
  },
  { head: 'asked', cell: ({ askedAt }) => moment(askedAt), text: ({ askedAt }) => askedAt },
  { head: 'state', cell: (job) => <Course job={job} />, text: courseOf },
  {
    head: 'result',
    cell: (job) =>
      job.result === undefined ? (
        ''
      ) : (
        <a href={resultOf(job)} download>
          take it along, {sizeOf(job.result.bytes)}
        </a>
      ),
    text: ({ result }) => String(result?.bytes ?? ''),
  },
  {
    head: 'end',
    cell: (job) => (
      <button type="button" onClick={() => stop(job)}>
        {isOver(job) ? 'Forget' : 'Stop'}
      </button>
    ),
    text: ({ endedAt }) => endedAt ?? '',
  },
]

const sentence = (jobs: readonly Job[]): string => {
  const open = jobs.filter((job) => !isOver(job))
  if (jobs.length === 0) return 'Nothing long was asked for yet.'
  return open.length === 0
    ? `${count(jobs.length, 'job')}, and nothing is being worked out.`
    : `${count(open.length, 'job is', 'jobs are')} not done yet, of ${number(jobs.length)}.`
}

const wrongIn = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The long work of the gateway: what is asked, how far it is, and what came of it. */
export const Jobs = () => {
  const [again, setAgain] = useState(0)
  const [why, setWhy] = useState<string>()
  const known = useNow(async () => (await pool().ask('jobs', {})).data.items, place.value?.pool ?? '', again)
  const have = async (work: () => Promise<Job>): Promise<void> => {
    try {
      await work().then(() => setWhy(undefined))
    } catch (error) {
      setWhy(wrongIn(error))
    }
    setAgain((times) => times + 1)
  }
  if (who.value?.jobs === false) return <p class="notice">Long work is done for operators and auditors.</p>
  return (
    <>
      {known.data === undefined ? null : <p class="sentence">{sentence(known.data)}</p>}
      <div class="row">
        {offers.map(([name, asked]) => (
          <button key={name} type="button" onClick={() => void have(() => pool().beginJob(asked))}>
            {name}
          </button>
        ))}
      </div>
      {why === undefined ? null : (
        <p class="notice" role="alert">
          {why}
        </p>
      )}
      <Answered title="What is being worked out?" note="of the history as it was when it was asked" known={known}>
        {(jobs) => (
          <Table
            name="jobs"
            rows={jobs}
            columns={columnsWith((job) => void have(() => pool().stopJob(job.id)))}
            keyOf={({ id }) => id}
            none="Nothing long was asked for yet."
          />
        )}
      </Answered>
    </>
  )
}
