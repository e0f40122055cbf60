import { type CommandType, oneOf, open, PoolName, roleOf, roles, serviceRoles } from '@novation/events'
import type { Said } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { cookieOf, noCookie, tokenIn } from '../access/credentials'
import type { Grant } from '../access/grant'
import { jsonAnswer } from './answers'
import { value } from './described'
import { isLoopback } from './host'
import type { Line } from './line'
import { type Problem, problem } from './problems'
import { readQuery } from './query'

const SessionForm = open(
  'Session',
  {
    /** Of the token: public. */
    id: t.string,
    sees: oneOf('pool', 'own', 'public'),
    jobs: t.boolean,
    /** The types of commands that may be sent: nobody needs be offered what would be refused. */
    commands: t.readonlyArray(t.string),
  },
  {
    /** Whose account is seen. */
    account: t.string,
    /** As whom commands are sent; `named` where each command says it itself. */
    sends: t.string,
    pools: t.readonlyArray(PoolName),
  },
)

/** Where each command names its sender itself: whatever anybody from outside may send. */
const anybodys: readonly CommandType[] = Object.entries(roles)
  .filter(([role]) => !serviceRoles.some((service) => service === role))
  .flatMap(([, types]) => types)

const sendable = (sender: Grant['sender']): readonly CommandType[] => {
  if (sender === undefined) return []
  if (sender === 'named') return anybodys
  const role = roleOf(sender)
  return role === undefined ? [] : roles[role]
}

const sessionOf = ({ id, sight, account, audits, sender, pools }: Grant) => ({
  id,
  sees: sight,
  jobs: audits,
  commands: [...new Set(sendable(sender))].sort(),
  ...(account === undefined || sight === 'public' ? {} : { account }),
  ...(sender === undefined ? {} : { sends: sender }),
  ...(pools === undefined ? {} : { pools: [...pools] }),
})

const line = (
  method: Line['method'],
  name: string,
  summary: string,
  serve: (...[gateway, asked, grant]: Parameters<Line['serve']>) => Either<Problem, Said>,
): Line => ({
  method,
  path: '/v1/session',
  name,
  summary,
  seenBy: 'public',
  query: {},
  answers: value(SessionForm, ...(method === 'GET' ? [] : (['foreign-origin'] as const))),
  serve: async (gateway, asked, grant) => {
    const query = readQuery({}, asked.query)
    return query._tag === 'Left' ? query : serve(gateway, asked, grant)
  },
})

export const session = line('GET', 'session', 'Who asks, and what that allows', (_, __, grant) =>
  right(jsonAnswer(sessionOf(grant))),
)

/** A browser cannot bring a token along to every door; a cookie it can, and no program in the page reads it. */
export const signIn = line(
  'POST',
  'signIn',
  'Has a browser keep the token it brings along as a cookie',
  (_, asked, grant) => {
    const token = tokenIn(asked)
    if (grant.sight === 'public' || token === undefined)
      return left(problem('unauthenticated', 'send the token that is to be kept, as `Authorization: Bearer TOKEN`'))
    return right(jsonAnswer(sessionOf(grant), { 'set-cookie': cookieOf(token, !isLoopback(asked.headers)) }))
  },
)

export const signOut = line('DELETE', 'signOut', 'Has a browser forget it', (_, __, grant) =>
  right(jsonAnswer(sessionOf(grant), { 'set-cookie': noCookie })),
)
