import { readPlace } from '@novation/audit'
import {
  Count,
  closed,
  explainErrors,
  Id,
  LiquidationChange,
  MarginTerms,
  oneOf,
  PoolParametersChange,
  reading,
} from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { type Problem, problem } from '../http/problems'
import { formed } from '../http/shared'

/** A position, kept in its words. */
const PlaceWord = reading(
  'start, end, a revision, or @ and an RFC 3339 time',
  (text) => (readPlace(text) === undefined ? undefined : text),
  { type: 'string', pattern: '^(start|end|[0-9]{1,15}|@.+)$' },
)
const Word = formed('the name of an account, an event, a command or a key', /^[A-Za-z0-9._:-]{1,100}$/)
const Part = formed('a part of 1, such as 0.2', /^(0(\.\d{1,18})?|1(\.0+)?)$/)

const InstrumentChange = closed('InstrumentChange', {}, { margin: MarginTerms, liquidation: LiquidationChange })
const Parameters = closed(
  'WhatIfParameters',
  {},
  { pool: PoolParametersChange, instruments: t.readonly(t.record(Id, InstrumentChange)) },
)

const period = { from: PlaceWord, to: PlaceWord }

/** Each kind of job by its name, with what it is asked: the words of the command line. */
export const kinds = {
  explain: closed('Explain', { kind: oneOf('explain'), of: Word }, { from: PlaceWord, at: PlaceWord }),
  diff: closed('CompareMoments', { kind: oneOf('diff'), from: PlaceWord }, { to: PlaceWord }),
  'what-if': closed('WhatIf', { kind: oneOf('what-if'), parameters: Parameters }, period),
  verify: closed('Verify', { kind: oneOf('verify') }, { depth: oneOf('everything', 'signature', 'fold', 'chain') }),
  export: closed('Export', { kind: oneOf('export'), output: oneOf('csv', 'jsonl', 'commands') }, period),
  disclosure: closed('Disclose', { kind: oneOf('disclosure') }, { ...period, stress: Part, interval: Count }),
} as const

export type JobKind = keyof typeof kinds
export type AskedOf<K extends JobKind> = t.TypeOf<(typeof kinds)[K]>
/** What somebody wants to have worked out. */
export type JobAsked = { readonly [K in JobKind]: AskedOf<K> }[JobKind]

export const jobKinds = Object.keys(kinds) as readonly JobKind[]

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const kindOf = (json: unknown): JobKind | undefined => {
  const named = typeof json === 'object' && json !== null && 'kind' in json ? json.kind : undefined
  return jobKinds.find((kind) => kind === named)
}

/** Reads what a request wants. */
export const readJob = (text: string): Either<Problem, JobAsked> => {
  const json = parsed(text)
  if (json === undefined) return left(problem('malformed', 'this is not JSON'))
  const kind = kindOf(json)
  if (kind === undefined) return left(problem('malformed', `kind: say which, of ${jobKinds.join(', ')}`))
  const codec: t.Decoder<unknown, JobAsked> = kinds[kind]
  const asked = codec.decode(json)
  if (asked._tag === 'Left') return left(problem('malformed', explainErrors(asked.left, 'job')))
  if (asked.right.kind === 'disclosure' && asked.right.interval === 0)
    return left(problem('malformed', 'interval: accounts are looked at every second at the most often'))
  return right(asked.right)
}
