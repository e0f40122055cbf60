import { open } from '@novation/events'
import type { Asked, Outflow, Said } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import type { Gateway } from '../gateway'
import { readJob } from '../jobs/asked'
import { isOver, JobRecord } from '../jobs/job'
import { spotOf } from '../moments/locate'
import { jsonAnswer } from './answers'
import { beginnings, results, value } from './described'
import { ofPool } from './line'
import { type Problem, problem } from './problems'

const path = '/jobs/:job'
const seenBy = 'audit'

const locationOf = (pool: string, id: string): string => `/v1/pools/${pool}/jobs/${id}`

const unknown = (id: string): Problem => problem('not-found', `there is no job ${id} here: begin it, twice is once`)

const contentOf = ({ headers }: Asked): string => (headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? ''

export const beginJob = ofPool({
  method: 'POST',
  path: '/jobs',
  name: 'beginJob',
  summary: 'Has something worked out that takes its time; the same again, of the same history, is the same job',
  seenBy,
  query: {},
  answers: beginnings,
  serve: async ({ jobs, rates }, { asked, grant, head }) => {
    const over = rates.read(grant)
    if (over !== undefined) return left(over)
    if (contentOf(asked) !== 'application/json')
      return left(problem('not-json', 'say as application/json what is wanted'))
    const wanted = readJob(asked.body)
    if (wanted._tag === 'Left') return wanted
    if (head.book.revision < 0) return left(problem('bad-position', `nothing has happened in ${head.book.name} yet`))
    const begun = await jobs.begin(head.book.name, wanted.right, spotOf(head))
    if (begun._tag === 'Left') return begun
    const job = begun.right
    const headers = { location: locationOf(job.pool, job.id) }
    return right(jsonAnswer(job, headers, isOver(job) ? 200 : 202))
  },
})

export const allJobs = ofPool({
  method: 'GET',
  path: '/jobs',
  name: 'jobs',
  summary: 'The jobs of this gateway, the last one first',
  seenBy,
  query: {},
  answers: value(open('Jobs', { items: t.readonlyArray(JobRecord) })),
  serve: ({ jobs }, { head }) => right(jsonAnswer({ items: jobs.all(head.book.name) })),
})

export const job = ofPool({
  method: 'GET',
  path,
  name: 'job',
  summary: 'How far a job has come',
  seenBy,
  query: {},
  answers: value(JobRecord, 'not-found'),
  serve: ({ jobs }, { asked, head }) => {
    const { job: id = '' } = asked.params
    const found = jobs.find(head.book.name, id)
    return found === undefined ? left(unknown(id)) : right(jsonAnswer(found))
  },
})

export const stopJob = ofPool({
  method: 'DELETE',
  path,
  name: 'stopJob',
  summary: 'Stops a job; forgets one that is over, and what came of it',
  seenBy,
  query: {},
  answers: value(JobRecord, 'not-found'),
  serve: async ({ jobs }, { asked, head }) => {
    const { job: id = '' } = asked.params
    const stopped = await jobs.stop(head.book.name, id)
    return stopped === undefined ? left(unknown(id)) : right(jsonAnswer(stopped))
  },
})

const notYet = (id: string): Problem => problem('not-yet', `job ${id} is not done: ask for it until it is`)

const wasStopped = (id: string): Problem => problem('not-found', `job ${id} was stopped: begin it again`)

/** Why there is no result of it, or nothing. */
const missing = ({ id, state, why }: JobRecord): Problem | undefined => {
  if (state === 'done') return undefined
  if (why !== undefined) return problem(why.code, why.detail)
  return state === 'stopped' ? wasStopped(id) : notYet(id)
}

/** At the pace of who takes them. */
const pour =
  (pieces: AsyncIterable<Uint8Array>, left_: AbortSignal) =>
  async (out: Outflow): Promise<void> => {
    for await (const piece of pieces) {
      if (left_.aborted) return
      out.write(piece)
      await out.drained()
    }
  }

const endings = { 'application/json': 'json', 'application/x-ndjson': 'jsonl', 'text/csv': 'csv' } as const

const found = async ({ jobs }: Gateway, asked: Asked, record: JobRecord): Promise<Either<Problem, Said>> => {
  const { id, asked: wanted, result } = record
  const kept = await jobs.result(id)
  if (kept === undefined || result === undefined) return left(unknown(id))
  const headers = {
    'content-type': result.content,
    'content-length': String(kept.bytes),
    'content-disposition': `attachment; filename="${wanted.kind}-${id}.${endings[result.content]}"`,
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'x-revision': String(record.revision),
  }
  return right({ status: 200, headers, body: asked.method === 'HEAD' ? '' : pour(kept.pieces, asked.left) })
}

export const jobResult = ofPool({
  method: 'GET',
  path: `${path}/result`,
  name: 'jobResult',
  summary: 'What came of a job, as the command line says it',
  seenBy,
  query: {},
  answers: results,
  serve: async (gateway, { asked, head }) => {
    const { job: id = '' } = asked.params
    const record = gateway.jobs.find(head.book.name, id)
    if (record === undefined) return left(unknown(id))
    const why = missing(record)
    return why === undefined ? found(gateway, asked, record) : left(why)
  },
})
