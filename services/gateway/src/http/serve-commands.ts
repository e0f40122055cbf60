import { isWhole, refusals } from '@novation/clearing'
import { oneOf } from '@novation/events'
import type { Asked, Said } from '@novation/platform'
import { type Either, left, map, right } from 'fp-ts/Either'
import type { Grant } from '../access/grant'
import { rehearsed, type Trial } from '../commands/dry-run'
import { type CommandOutcome, reasonFor, recordedOutcome, recordOf, rejectionOf } from '../commands/outcomes'
import { readCommand } from '../commands/read-command'
import { type Progress, sendAll, within } from '../commands/send'
import { OutcomeForm } from '../forms/commands'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import { notWhole } from '../moments/ask-past'
import { locateSpot, spotOf } from '../moments/locate'
import type { Told } from '../reads/read'
import { answer, jsonAnswer, problemAnswer, problemForm } from './answers'
import { askPast } from './ask'
import { outcomes, value } from './described'
import { momentAnswer } from './exchange'
import { type Call, ofPool } from './line'
import { type Problem, problem, statusOf } from './problems'
import { PlaceText } from './shared'

/** A batch is at most so many lines, and nobody is kept waiting for longer. */
const linesLimit = 1000
const waitLimit_s = 30

const commandsQuery = { dryRun: oneOf('true', 'false'), settle: oneOf('true', 'false'), at: PlaceText }

type Key = { readonly actor: string; readonly id: string }

const locationOf = (pool: string, { actor, id }: Key): string => `/v1/pools/${pool}/commands/${actor}/${id}`

const accepted = ({ actor, id }: Key, { revision, events }: Extract<CommandOutcome, { tag: 'accepted' }>) => ({
  id,
  actor,
  outcome: 'accepted',
  revision,
  events,
})

interface Reply {
  readonly status: number
  readonly json?: unknown
  readonly problem?: Problem
  readonly isHit: boolean
}

const replyTo = (grant: Grant, progress: Progress): Reply => {
  const { command, isHit } = progress
  const { actor, id } = command
  if (progress.tag === 'waiting') return { status: 202, json: { id, actor, outcome: 'waiting' }, isHit }
  if (progress.tag === 'problem') return { status: statusOf(progress.problem), problem: progress.problem, isHit }
  const { outcome } = progress
  if (outcome.tag === 'accepted') return { status: 200, json: accepted(command, outcome), isHit }
  const why = outcome.tag === 'rejected' ? rejectionOf(grant, outcome, command) : outcome.problem
  return { status: statusOf(why), problem: why, isHit }
}

/** `Prefer: wait=10`, in seconds. Whatever else it says is not for us. */
const waitOf = ({ headers: { prefer = '' } }: Asked): number =>
  Math.min(waitLimit_s, Number(/(?:^|[\s,;])wait=(\d{1,4})(?:$|[\s,;])/.exec(prefer)?.[1] ?? 0)) * 1000

const serveOne = async (gateway: Gateway, head: Head, asked: Asked, grant: Grant): Promise<Either<Problem, Said>> => {
  const over = gateway.rates.commands(grant, 1)
  if (over !== undefined) return left(over)
  const pool = head.book.name
  const command = readCommand(asked.body, { pool, id: asked.headers['idempotency-key'], sender: grant.sender })
  if (command._tag === 'Left') return command
  const [sent] = await sendAll(gateway, head, asked.id, [command.right])
  if (sent === undefined) return left(problem('malformed', 'there is no command in the body'))
  const reply = replyTo(grant, await within(gateway, sent, waitOf(asked), asked.left))
  const headers = {
    location: locationOf(pool, command.right),
    ...(reply.isHit ? { 'idempotency-hit': 'true' } : {}),
  }
  return right(
    reply.problem === undefined
      ? jsonAnswer(reply.json, headers, reply.status)
      : problemAnswer(reply.problem, asked.id, headers),
  )
}

/** Every line is answered by one, in order: what a command by itself would be answered, with its status in it. */
const serveLines = async (gateway: Gateway, head: Head, asked: Asked, grant: Grant): Promise<Either<Problem, Said>> => {
  const lines = asked.body.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > linesLimit) return left(problem('too-large', `${lines.length} lines; the limit is ${linesLimit}`))
  const over = gateway.rates.commands(grant, lines.length)
  if (over !== undefined) return left(over)
  const read = lines.map((line) => readCommand(line, { pool: head.book.name, id: undefined, sender: grant.sender }))
  const commands = read.flatMap((one) => (one._tag === 'Right' ? [one.right] : []))
  const sent = await sendAll(gateway, head, asked.id, commands)
  const replies = await Promise.all(sent.map((one) => within(gateway, one, waitOf(asked), asked.left)))
  const rest = replies[Symbol.iterator]()
  const texts = read.map((one) => {
    if (one._tag === 'Left') return JSON.stringify(problemForm(one.left, asked.id))
    const reply = replyTo(grant, rest.next().value as Progress)
    const hit = reply.isHit ? { hit: true } : {}
    return JSON.stringify(
      reply.problem === undefined
        ? { status: reply.status, ...(reply.json as object), ...hit }
        : { ...problemForm(reply.problem, asked.id), id: one.right.id, actor: one.right.actor, ...hit },
    )
  })
  return right(answer(200, 'application/x-ndjson', texts.map((text) => `${text}\n`).join('')))
}

/** What would come of it, now or at a moment of the past; nothing does. */
const serveDryRun = async (
  gateway: Gateway,
  { asked, grant, head, query: { at, settle } }: Call<typeof commandsQuery>,
): Promise<Either<Problem, Said>> => {
  const { book, ring } = head
  const id = asked.headers['idempotency-key']
  const command = readCommand(asked.body, { pool: book.name, id, sender: grant.sender })
  if (command._tag === 'Left') return command
  const place = await locateSpot(gateway.store, head, at ?? { tag: 'end' })
  if (place._tag === 'Left') return place
  const spot = place.right === 'head' ? spotOf(head) : place.right
  const { revision, hash } = spot
  const isHead = revision === book.revision
  // At a moment of the past the command comes at its own time, as in a run.
  const now = isHead ? gateway.scheduler.now() : Date.parse(command.right.at ?? spot.at)
  const trial: Trial = { command: command.right, now, own: grant.account }
  const isSettled = settle === 'true'
  const there = (): Either<Problem, unknown> => (isWhole(book) ? rehearsed(book, trial) : left(notWhole(book)))
  const here = isSettled ? undefined : isHead ? there() : await ring.at(revision, hash, there, true)
  const found =
    here ??
    map((told: Told) => ('json' in told ? told.json : told))(
      await askPast(gateway, { pool: book.name, revision, hash, trial, settle: isSettled }, asked.left),
    )
  return found._tag === 'Left' ? found : right(momentAnswer(asked, spot, grant, found.right))
}

const contentOf = ({ headers }: Asked): string => (headers['content-type'] ?? '').split(';', 1)[0]?.trim() ?? ''

/** Takes commands: one as JSON, or several, a line each. */
export const commands = ofPool({
  method: 'POST',
  path: '/commands',
  name: 'send',
  summary: 'Sends a command, or several, or tries what would come of one',
  seenBy: 'all',
  answers: outcomes,
  query: commandsQuery,
  serve: (gateway, call) => {
    const { asked, grant, head, query } = call
    const isDry = query.dryRun === 'true'
    if (!isDry && (query.at !== undefined || query.settle !== undefined))
      return left(problem('malformed', '`at` and `settle` are for a dry run: what is sent is decided when it comes'))
    switch (contentOf(asked)) {
      case 'application/json':
        return isDry ? serveDryRun(gateway, call) : serveOne(gateway, head, asked, grant)
      case 'application/x-ndjson':
        return isDry
          ? left(problem('malformed', 'a dry run is of one command, as application/json'))
          : serveLines(gateway, head, asked, grant)
      default:
        return left(problem('not-json', 'send one command as application/json, or several as application/x-ndjson'))
    }
  },
})

const whyOf = (grant: Grant, { code, reason, revision }: Extract<CommandOutcome, { tag: 'rejected' }>) => ({
  code,
  reason: reasonFor(grant, { code, reason }),
  revision,
})

/** What has become of a command. */
export const outcome = ofPool({
  method: 'GET',
  path: '/commands/:actor/:id',
  name: 'outcome',
  summary: 'What has become of a command',
  seenBy: 'all',
  // What the ledger turned away without a record is answered as it was then.
  answers: value(OutcomeForm, 'not-found', 'unknown-command', ...refusals),
  query: {},
  serve: async ({ store, waiting }, { asked, grant, head }) => {
    const { actor = '', id = '' } = asked.params
    const key = { pool: head.book.name, actor, id }
    if (grant.sight !== 'pool' && grant.sender !== actor)
      return left(problem('unknown-command', `nothing of ${actor} is for you to see`))
    const record = recordOf(head, key)
    if (record !== undefined) {
      const known = await recordedOutcome(store, head, record)
      return right(
        jsonAnswer(
          known.tag === 'accepted'
            ? accepted(key, known)
            : { id, actor, outcome: 'rejected', ...(known.tag === 'rejected' ? whyOf(grant, known) : {}) },
        ),
      )
    }
    if (waiting.isWaiting(key)) return right(jsonAnswer({ id, actor, outcome: 'waiting' }))
    return left(
      waiting.refusal(key) ??
        problem('unknown-command', `nothing is known of ${id} of ${actor}: send it again as it was, twice is safe`),
    )
  },
})
