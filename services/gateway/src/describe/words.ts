import type { AskedHeader, SaidHeader } from '../http/described'

/** What the names in queries and paths mean, where the form alone does not say it. */
export const meanings: Readonly<Record<string, string>> = {
  at: 'Of which moment: start, end (where it is left out), a revision, or @ and an RFC 3339 time.',
  atLeast: 'Waits, up to five seconds, until the gateway has come to this revision.',
  limit: 'How many at most; 100 where it is left out.',
  cursor: 'The `next` of the page before. It holds list, filter and revision.',
  from: 'The first event that is told: start, end, a revision, or @ and an RFC 3339 time.',
  type: 'Types of events, with commas between.',
  account: 'An account; of events also one of the house, by its name in the books.',
  command: 'The id of a command.',
  status: 'How an account stands.',
  instrument: 'An instrument.',
  channels: 'What to follow, with commas between; an event is told once, under the first channel that it belongs to.',
  settle: 'Of a dry run: with all that every service then does.',
  dryRun: 'Says what would come of the command; nothing is sent.',
  pool: 'The pool.',
  liquidation: 'A liquidation: account and number.',
  name: 'An asset or instrument.',
  event: 'An event, by its revision or its id.',
  actor: 'Who sent it.',
  id: 'The id of a command.',
  job: 'The id of a job.',
}

export const askedHeaders: Readonly<Record<AskedHeader, string>> = {
  'If-None-Match': 'The ETag of an answer that is there already: 304 where there is nothing new.',
  'Idempotency-Key': 'The id of the command, where it does not say it itself.',
  Prefer: '`wait=N` waits up to N seconds, at most 30, for the outcome.',
  'Last-Event-ID': 'The id of the last message that came whole: the feed goes on after it.',
}

export const saidHeaders: Readonly<Record<SaidHeader, string>> = {
  'X-Revision': 'Of which revision the answer is.',
  'X-Ledger-Time': 'The time of the ledger there.',
  ETag: 'Of that history, and of who sees how much of it.',
  'Content-Location': 'The same question about that very revision: its answer never changes.',
  'X-Next-Cursor': 'Where the list goes on, if it does.',
  Location: 'Where to ask what has become of the command, or of the job.',
  'Idempotency-Hit': '`true` where the same command was there before.',
}

export const about = {
  title: 'Novation',
  version: '0.1.0',
  description:
    'An event-sourced clearinghouse: ask about any moment, send commands, follow what happens. Amounts are decimal strings, times RFC 3339 in UTC. Fields that are not named here may come; codes come from closed lists.',
  license: { name: 'Apache-2.0' },
} as const
