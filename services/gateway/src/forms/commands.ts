import {
  Actor,
  type CommandType,
  Count,
  Id,
  oneOf,
  open,
  type Role,
  roles,
  sentCommandCodec,
  serviceRoles,
} from '@novation/events'
import * as t from 'io-ts'
import { anyOf, SeenEvent } from './events'
import { ProblemForm, rejectionForm } from './problem'
import { Account } from './statement'

const people = (Object.keys(roles) as Role[]).filter((role) => !serviceRoles.includes(role))

/** What somebody from outside of the mesh may send, each type with what is left to path, header and token. */
export const commandForms: readonly t.Mixed[] = [
  ...new Set(people.flatMap((role): readonly CommandType[] => roles[role])),
]
  .sort()
  .map(sentCommandCodec)

export const CommandForm = anyOf(commandForms, 'Command')

const key = { id: Id, actor: Actor }
const accepted = { ...key, outcome: oneOf('accepted'), revision: Count, events: Count }
const waiting = { ...key, outcome: oneOf('waiting') }

export const Accepted = open('Accepted', accepted)
export const Waiting = open('Waiting', waiting)
export const Rejected = open('Rejected', { ...key, outcome: oneOf('rejected'), ...rejectionForm, revision: Count })

/** What has become of a command. */
export const OutcomeForm = anyOf([Accepted, Waiting, Rejected], 'Outcome')

const hurt = { called: t.readonlyArray(Id), liquidated: t.readonlyArray(Id), deleveraged: t.readonlyArray(Id) }

/** Who is hurt by what follows; of others than himself, who sees one account only is told how many. */
const Consequences = open('Consequences', hurt, {
  others: open('Others', { called: Count, liquidated: Count, deleveraged: Count }),
})

/** What would come of a command. */
export const Rehearsal = open(
  'Rehearsal',
  {
    ...key,
    dryRun: t.literal(true),
    outcome: oneOf('accepted'),
    events: t.readonlyArray(SeenEvent),
    accounts: t.readonlyArray(open('Moved', { account: Id, before: t.union([Account, t.null]), after: Account })),
  },
  { consequences: Consequences },
)

const hit = { hit: t.literal(true) }

/** The answer to one line of a batch. */
export const LineForm = anyOf(
  [
    open('AcceptedLine', { status: t.literal(200), ...accepted }, hit),
    open('WaitingLine', { status: t.literal(202), ...waiting }, hit),
    ProblemForm,
  ],
  'LineAnswer',
)
