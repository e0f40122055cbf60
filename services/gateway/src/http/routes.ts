import type { Asked, Route, Said, Served, Unserved } from '@novation/platform'
import { type Either, right } from 'fp-ts/Either'
import type { Gateway } from '../gateway'
import { spotOf } from '../moments/locate'
import { type ReadName, reads } from '../reads/index'
import { jsonAnswer, problemAnswer } from './answers'
import { foreign } from './host'
import { type Problem, problem } from './problems'
import { queryLimit_bytes, readQuery } from './query'
import { serveCommands, serveOutcome } from './serve-commands'
import { serveEvent, serveEvents } from './serve-events'
import { serveRead } from './serve-read'

type Serve = (asked: Asked) => Promise<Either<Problem, Said>>

/** One line of the table of routes. */
export interface Line {
  readonly method: Route['method']
  readonly path: string
  readonly serve: Serve
}

const under = '/v1/pools/:pool'

/** Which pools this gateway follows, and how far. */
const servePools =
  ({ heads }: Gateway): Serve =>
  async (asked) => {
    const query = readQuery({}, asked.query)
    if (query._tag === 'Left') return query
    const items = [...heads.values()].map((head) => {
      const { revision, at } = spotOf(head)
      return { pool: head.book.name, revision, at }
    })
    return right(jsonAnswer({ items: items.sort((a, b) => (a.pool < b.pool ? -1 : 1)) }))
  }

/** Everything that is answered. */
export const table = (gateway: Gateway): readonly Line[] => [
  { method: 'GET', path: '/v1/pools', serve: servePools(gateway) },
  ...(Object.keys(reads) as ReadName[]).map(
    (name): Line => ({
      method: 'GET',
      path: `${under}${reads[name].path}`,
      serve: serveRead(gateway, name),
    }),
  ),
  { method: 'GET', path: `${under}/events`, serve: serveEvents(gateway) },
  { method: 'GET', path: `${under}/events/:event`, serve: serveEvent(gateway) },
  { method: 'GET', path: `${under}/accounts/:account/events`, serve: serveEvents(gateway) },
  { method: 'POST', path: `${under}/commands`, serve: serveCommands(gateway) },
  { method: 'GET', path: `${under}/commands/:actor/:id`, serve: serveOutcome(gateway) },
]

/** What is told of each answer, for log and metrics: nothing of what was asked but its route. */
export interface Answered {
  readonly id: string
  readonly route: string
  readonly status: number
  readonly ms: number
  readonly revision: string | undefined
  /** Where something failed that should not. */
  readonly error?: unknown
}

const unserved: Readonly<Record<Exclude<Unserved, 'failed'>, Problem>> = {
  'not-found': problem('not-found', 'nothing is served under this path and method'),
  'bad-url': problem('malformed', 'the path is not well written'),
  'too-large': problem('too-large', 'the body is larger than 1 MiB'),
  'bad-encoding': problem('not-json', 'say what the body is, and send it as it is, without a content encoding'),
  'bad-request': problem('malformed', 'the request is not well formed'),
}

const limits = { body_bytes: 1 << 20, headers_bytes: 8_192 + queryLimit_bytes, arrival_ms: 10_000, sockets: 12_000 }

const failed = problem('unavailable', 'this could not be answered; the log says why, under the id of this answer')

/** The table as it is served: whatever comes of a request, there is an answer, and one line is told of it. */
export const served = (gateway: Gateway, told: (answered: Answered) => void): Served => {
  const tell = (asked: Asked, route: string, began: number, said: Said, error?: unknown): Said => {
    const ms = gateway.scheduler.now() - began
    const revision = said.headers['x-revision']
    told({ id: asked.id, route, status: said.status, ms, revision, ...(error === undefined ? {} : { error }) })
    return said
  }
  const routes = table(gateway).map(
    ({ method, path, serve }): Route => ({
      method,
      path,
      handle: async (asked) => {
        const began = gateway.scheduler.now()
        const refused = foreign(asked)
        if (refused !== undefined) return tell(asked, path, began, problemAnswer(refused, asked.id))
        const said = await serve(asked)
        return tell(asked, path, began, said._tag === 'Left' ? problemAnswer(said.left, asked.id) : said.right)
      },
    }),
  )
  return {
    routes,
    limits,
    otherwise: (why, asked, error) => {
      const said = problemAnswer(foreign(asked) ?? (why === 'failed' ? failed : unserved[why]), asked.id)
      return tell(asked, 'none', gateway.scheduler.now(), said, why === 'failed' ? error : undefined)
    },
  }
}
