import { InstantText, open, PoolName } from '@novation/events'
import type { Asked, Route, Said, Served, Unserved } from '@novation/platform'
import { left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import type { Grant } from '../access/grant'
import type { Gateway } from '../gateway'
import { spotOf } from '../moments/locate'
import { jsonAnswer, problemAnswer } from './answers'
import { preflight, readableBy } from './cors'
import { value } from './described'
import { named } from './head-of'
import { foreign } from './host'
import type { Served as Answer, Line } from './line'
import { noToken, type Problem, problem } from './problems'
import { queryLimit_bytes, readQuery } from './query'
import { checkpoints } from './serve-checkpoints'
import { commands, outcome } from './serve-commands'
import { documentsOf } from './serve-documents'
import { accountEvents, event, events } from './serve-events'
import { feed } from './serve-feed'
import { allJobs, beginJob, job, jobResult, stopJob } from './serve-jobs'
import { marginEvents } from './serve-margin-events'
import { readLines } from './serve-read'
import { accountSeries, priceSeries, series } from './serve-series'
import { services } from './serve-services'
import { session, signIn, signOut } from './serve-session'
import { siteRoutes } from './serve-site'
import { openSocket, socketLimits, socketPath } from './serve-socket'

const Pools = open('Pools', {
  items: t.readonlyArray(open('PoolHead', { pool: PoolName, revision: t.number, at: InstantText })),
})

/** Which pools this gateway follows, and how far. */
const pools: Line = {
  method: 'GET',
  path: '/v1/pools',
  name: 'pools',
  summary: 'Which pools there are, and how far each has come',
  seenBy: 'public',
  query: {},
  answers: value(Pools),
  serve: async ({ heads }, asked, grant) => {
    const query = readQuery({}, asked.query)
    if (query._tag === 'Left') return query
    const seen = [...heads.values()].filter(({ book }) => grant.pools === undefined || grant.pools.has(book.name))
    const items = seen.map((head) => {
      const { revision, at } = spotOf(head)
      return { pool: head.book.name, revision, at }
    })
    return right(jsonAnswer({ items: items.sort((a, b) => (a.pool < b.pool ? -1 : 1)) }))
  },
}

/** Everything that is answered: documents and programs are made of it, so it can be read without a gateway. */
export const table: readonly Line[] = [
  session,
  signIn,
  signOut,
  pools,
  ...readLines,
  marginEvents,
  series,
  accountSeries,
  priceSeries,
  events,
  event,
  accountEvents,
  feed,
  commands,
  outcome,
  beginJob,
  allJobs,
  job,
  stopJob,
  jobResult,
  checkpoints,
  services,
]

/** What is told of each answer, for log and metrics: nothing of what was asked but its route. */
export interface Answered {
  readonly id: string
  readonly route: string
  readonly status: number
  readonly ms: number
  readonly revision: string | undefined
  /** The public id of the token. */
  readonly token: string | undefined
  /** Where something failed that should not. */
  readonly error?: unknown
}

const unserved: Readonly<Record<Exclude<Unserved, 'failed'>, Problem>> = {
  'not-found': problem('not-found', 'nothing is served under this path and method'),
  'bad-url': problem('malformed', 'the path is not well written'),
  'too-large': problem('too-large', 'the body is larger than 1 MiB'),
  'head-too-large': problem('too-large', 'path, query and headers are larger than 12 KiB together'),
  unread: problem('malformed', 'this is no request, or it did not arrive within ten seconds'),
  'bad-encoding': problem('not-json', 'say what the body is, and send it as it is, without a content encoding'),
  'bad-request': problem('malformed', 'the request is not well formed'),
}

const limits = { body_bytes: 1 << 20, headers_bytes: 8_192 + queryLimit_bytes, arrival_ms: 10_000, sockets: 12_000 }

const failed = problem('unavailable', 'this could not be answered; the log says why, under the id of this answer')

const hidden = problem('not-permitted', 'this token does not see the pool')
const noJobs = problem('not-permitted', 'long work is done for operators and auditors')

/** Goes on with what is there, at once where it is, or once it is. */
const onceThere = <A, B>(value: A | Promise<A>, next: (there: A) => B | Promise<B>): B | Promise<B> =>
  value instanceof Promise ? value.then(next) : next(value)

/** Why who asks may not see what a line of the table shows, or nothing. Somebody else's account is not even looked for. */
const unseen = ({ seenBy }: Line, { params }: Asked, { sight, account, audits }: Grant): Problem | undefined => {
  if (seenBy === 'public') return undefined
  if (sight === 'public') return noToken
  if (seenBy === 'audit') return audits ? undefined : noJobs
  if (sight === 'pool' || seenBy === 'all') return undefined
  if (seenBy === 'pool') return hidden
  return params.account === account ? undefined : problem('not-found', 'there is no such account for you to see')
}

/** The table as it is served: whatever comes of a request, there is an answer, and one line is told of it. */
export const served = (gateway: Gateway, told: (answered: Answered) => void): Served => {
  const { door, rates, origins, cors, scheduler, site } = gateway
  const readable = (said: Said, asked: Asked): Said => (cors.length === 0 ? said : readableBy(said, asked, cors))

  const answered = (asked: Asked, line: Line, grant: Grant): Answer => {
    const refused = unseen(line, asked, grant) ?? (line.method === 'GET' ? rates.read(grant) : undefined)
    return refused === undefined ? line.serve(gateway, asked, grant) : left(refused)
  }

  const tell = (
    asked: Asked,
    route: string,
    began: number,
    said: Said,
    more: Pick<Answered, 'token' | 'error'>,
  ): Said => {
    const ms = scheduler.now() - began
    told({ id: asked.id, route, status: said.status, ms, revision: said.headers['x-revision'], ...more })
    return said
  }

  const handle = (asked: Asked, line: Line): Said | Promise<Said> => {
    const began = scheduler.now()
    const strange = foreign(asked, origins, cors)
    return onceThere(strange === undefined ? door(asked) : left(strange), (grant) => {
      const token = grant._tag === 'Left' ? undefined : grant.right.id
      return onceThere(grant._tag === 'Left' ? grant : answered(asked, line, grant.right), (served) => {
        const said = served._tag === 'Left' ? problemAnswer(served.left, asked.id) : served.right
        return tell(asked, line.path, began, readable(said, asked), { token })
      })
    })
  }

  /** Pages are of no pool: whoever asks under one of this gateway's names is shown them. */
  const shown = (asked: Asked, answer: () => Said): Said => {
    const strange = foreign(asked, origins)
    const page = strange === undefined ? answer() : problemAnswer(strange, asked.id)
    return tell(asked, 'site', scheduler.now(), page, { token: undefined })
  }

  return {
    routes: [
      ...[...table, ...documentsOf(table)].map(
        (line): Route => ({
          method: line.method,
          path: line.path,
          handle: (asked) => handle(named(asked), line),
        }),
      ),
      ...(cors.length === 0 ? [] : [preflight(cors, origins)]),
      ...(site === undefined ? [] : siteRoutes(site, shown)),
    ],
    conversing: { path: socketPath, open: openSocket(gateway), limits: socketLimits },
    limits,
    otherwise: (why, asked, error) => {
      const strange = why === 'unread' || why === 'head-too-large' ? undefined : foreign(asked, origins, cors)
      const said = problemAnswer(strange ?? (why === 'failed' ? failed : unserved[why]), asked.id)
      return tell(asked, 'none', scheduler.now(), readable(said, asked), {
        token: undefined,
        ...(why === 'failed' ? { error } : {}),
      })
    },
  }
}
