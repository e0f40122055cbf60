import { Count, Digest, InstantText, oneOf, open, PoolName } from '@novation/events'
import * as t from 'io-ts'
import { anyOf } from '../forms/events'
import { problems } from '../http/problems'
import { type JobAsked, kinds } from './asked'

/** As what a result is told. */
export const resultContents = ['application/json', 'application/x-ndjson', 'text/csv'] as const
export type ResultContent = (typeof resultContents)[number]

/** How a job ended. */
export type JobEnd =
  | { readonly tag: 'done'; readonly content: ResultContent; readonly bytes: number }
  | { readonly tag: 'stopped' }
  | { readonly tag: 'failed'; readonly code: keyof typeof problems; readonly detail: string }

/** How far it has come, in events; `total` is how many there are at most. */
export interface JobProgress {
  readonly done: number
  readonly total: number
}

/** What whoever does the work is told: the history is looked at up to `head`, whatever has happened since. */
export interface JobTask {
  readonly id: string
  readonly pool: string
  readonly head: number
  readonly asked: JobAsked
}

/** Does the work, and puts its result where it is fetched from. */
export type RunJob = (task: JobTask, hear: (progress: JobProgress) => void, signal: AbortSignal) => Promise<JobEnd>

/** `lost`: the gateway ended while it had not. Whoever still wants it asks again. */
const states = ['waiting', 'running', 'done', 'failed', 'stopped', 'lost'] as const

export const JobRecord = open(
  'Job',
  {
    id: t.string,
    pool: PoolName,
    /** What was asked. */
    asked: anyOf(Object.values(kinds), 'JobAsked') as t.Type<JobAsked, unknown, unknown>,
    /** Of the last event that is looked at, and its hash. */
    revision: Count,
    hash: Digest,
    state: oneOf(...states),
    askedAt: InstantText,
  },
  {
    endedAt: InstantText,
    result: open('JobResult', { content: oneOf(...resultContents), bytes: Count }),
    why: open('JobFailure', { code: oneOf(...(Object.keys(problems) as (keyof typeof problems)[])), detail: t.string }),
    progress: open('JobProgress', { done: Count, total: Count }),
  },
)
export type JobRecord = t.TypeOf<typeof JobRecord>

/** What is there for who asks: nothing more comes of it. */
export const isOver = ({ state }: JobRecord): boolean => state !== 'waiting' && state !== 'running'
