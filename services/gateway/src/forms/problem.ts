import { rejections } from '@novation/clearing'
import { Actor, Count, Id, oneOf, open, Reason } from '@novation/events'
import * as t from 'io-ts'
import { problems } from '../http/problems'

/** What the ledger says of a command it has turned down. */
export const rejectionForm = { code: oneOf(...rejections), reason: Reason }

/** As RFC 9457 has it; what stands beside the rest is said of commands. */
export const ProblemForm = open(
  'Problem',
  {
    type: t.literal('about:blank'),
    status: Count,
    code: oneOf(...new Set([...Object.keys(problems), ...rejections])),
    detail: t.string,
    /** Of the request, to search the log for. */
    instance: t.string,
  },
  { id: Id, actor: Actor, outcome: oneOf('rejected'), revision: Count, dryRun: t.literal(true), hit: t.literal(true) },
)
