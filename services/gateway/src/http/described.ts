import { refusals } from '@novation/clearing'
import * as t from 'io-ts'
import { MessageForm } from '../feeds/messages'
import { Accepted, CommandForm, LineForm, Rehearsal, Waiting } from '../forms/commands'
import { anyOf, SeenEvent } from '../forms/events'
import { pageForm } from '../forms/page'
import { kinds } from '../jobs/asked'
import { JobRecord } from '../jobs/job'
import type { ProblemCode } from './problems'

export type Content = 'application/json' | 'application/x-ndjson' | 'text/csv' | 'text/event-stream'

/** What a request says beside its query. */
export type AskedHeader = 'If-None-Match' | 'Idempotency-Key' | 'Prefer' | 'Last-Event-ID'

/** What an answer says beside its body. */
export type SaidHeader =
  | 'X-Revision'
  | 'X-Ledger-Time'
  | 'ETag'
  | 'Content-Location'
  | 'X-Next-Cursor'
  | 'Location'
  | 'Idempotency-Hit'

/** A body: one value, or lines or messages of this form each. */
export interface Body {
  readonly content: Content
  readonly form: t.Mixed
}

/** What there is to say to a line of the table, and what it may answer, for whoever describes it. */
export interface Answers {
  readonly asks: readonly AskedHeader[]
  readonly takes: readonly Body[]
  readonly says: readonly SaidHeader[]
  readonly bodies: readonly (Body & { readonly status: 200 | 202 })[]
  /** What may be wrong beside what may be wrong anywhere. */
  readonly codes: readonly ProblemCode[]
  /** Whether the ledger may decide against it, by its own codes. */
  readonly isDecided: boolean
}

const plain = { asks: [], takes: [], says: [], codes: [], isDecided: false } as const

const json = (form: t.Mixed) => ({ status: 200, content: 'application/json', form }) as const
const lines = (form: t.Mixed) => ({ status: 200, content: 'application/x-ndjson', form }) as const

/** A value that is of no moment. */
export const value = (form: t.Mixed, ...codes: Answers['codes']): Answers => ({ ...plain, bodies: [json(form)], codes })

const kept = {
  ...plain,
  asks: ['If-None-Match'],
  says: ['X-Revision', 'X-Ledger-Time', 'ETag', 'Content-Location'],
} as const

/** What was so at a moment, and stays what it was. */
export const fixed = (form: t.Mixed, ...codes: Answers['codes']): Answers => ({
  ...kept,
  bodies: [json(form)],
  codes: ['not-found', ...codes],
})

/** A question about a moment that is asked for. */
export const ofMoment = (form: t.Mixed): Answers => ({
  ...fixed(form),
  codes: ['not-found', 'bad-position', 'busy', 'not-yet'],
})

/** A list of events: JSON, or a line each. */
export const listOfEvents: Answers = {
  ...kept,
  says: [...kept.says, 'X-Next-Cursor'],
  bodies: [json(pageForm(SeenEvent)), lines(SeenEvent)],
  codes: ['not-found', 'bad-position', 'not-yet'],
}

export const messages: Answers = {
  ...plain,
  asks: ['Last-Event-ID'],
  bodies: [{ status: 200, content: 'text/event-stream', form: MessageForm }],
  codes: ['bad-position'],
}

export const outcomes: Answers = {
  asks: ['Idempotency-Key', 'Prefer'],
  takes: [
    { content: 'application/json', form: CommandForm },
    { content: 'application/x-ndjson', form: CommandForm },
  ],
  says: ['Location', 'Idempotency-Hit'],
  bodies: [
    json(anyOf([Accepted, Rehearsal], 'Sent')),
    lines(LineForm),
    { status: 202, content: 'application/json', form: Waiting },
  ],
  codes: [...refusals, 'foreign-origin', 'not-yet', 'bad-position', 'busy'],
  isDecided: true,
}

/** What is asked to be worked out, and that it is on its way, or done already. */
export const beginnings: Answers = {
  ...plain,
  takes: [{ content: 'application/json', form: anyOf(Object.values(kinds), 'JobAsked') }],
  says: ['Location'],
  bodies: [json(JobRecord), { status: 202, content: 'application/json', form: JobRecord }],
  codes: ['bad-position', 'foreign-origin'],
}

/** What came of a job: of each kind its own. */
export const results: Answers = {
  ...plain,
  says: ['X-Revision'],
  bodies: [json(t.UnknownRecord), lines(t.UnknownRecord), { status: 200, content: 'text/csv', form: t.string }],
  codes: ['not-found', 'not-yet', 'job-lost', 'bad-position'],
}
