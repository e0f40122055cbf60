import { Actor, type CommandType, Id, oneOf, open, roleOf, roles, serviceRoles } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import type { Grant } from '../access/grant'
import { jsonAnswer } from './answers'
import { value } from './described'
import { ofPool } from './line'

const Permissions = open(
  'Permissions',
  { sees: oneOf('pool', 'own'), commands: t.readonlyArray(t.string) },
  { account: Id, actor: Actor },
)

/** Where each command names its sender itself: whatever anybody from outside may send. */
const anybodys: readonly CommandType[] = Object.entries(roles)
  .filter(([role]) => !serviceRoles.some((service) => service === role))
  .flatMap(([, types]) => types)

const sends = ({ sender }: Grant): readonly CommandType[] => {
  if (sender === undefined) return []
  if (sender === 'named') return anybodys
  const role = roleOf(sender)
  return role === undefined ? [] : roles[role]
}

/** What whoever asks may see and send: so that nobody is offered what would be refused. */
export const permissions = ofPool({
  method: 'GET',
  path: '/permissions',
  name: 'permissions',
  summary: 'What whoever asks may see and send',
  seenBy: 'all',
  query: {},
  answers: value(Permissions),
  serve: (_, { grant }) =>
    right(
      jsonAnswer({
        sees: grant.sight,
        ...(grant.account === undefined ? {} : { account: grant.account }),
        ...(grant.sender === undefined || grant.sender === 'named' ? {} : { actor: grant.sender }),
        commands: [...new Set(sends(grant))].sort(),
      }),
    ),
})
