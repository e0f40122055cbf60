import { forbidden } from '@novation/clearing'
import { type Command, isService, parseCommand } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import { type Problem, problem } from '../http/problems'

/** No role is called so: who sends must be said. */
const nobody = 'nobody'

/** What a request says about a command beside its body. */
export interface Envelope {
  readonly pool: string
  /** `Idempotency-Key`. */
  readonly id: string | undefined
  /** Whose token it is; `named` where the command says itself who sends it. Who has none sends nothing. */
  readonly sender: string | undefined
}

const keysOf = (text: string): ReadonlySet<string> => {
  try {
    const json: unknown = JSON.parse(text)
    return new Set(typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : undefined)
  } catch {
    return new Set()
  }
}

/** Puts in front what the body leaves to its envelope. The text stays what it is otherwise: a key that stands twice is found. */
const completed = (text: string, { pool, id, sender }: Envelope): string => {
  const keys = keysOf(text)
  if (keys.size === 0) return text
  const actor = sender === 'named' ? undefined : sender
  const missing = Object.entries({ id, pool, actor }).filter(([key, value]) => value !== undefined && !keys.has(key))
  const front = missing.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`).join('')
  return text.replace('{', () => `{${front}`)
}

/** Reads what somebody outside of the mesh wants of a pool. */
export const readCommand = (text: string, envelope: Envelope): Either<Problem, Command> => {
  if (envelope.sender === undefined) return left(problem('not-permitted', 'who asks here may read, and send nothing'))
  const parsed = parseCommand(completed(text.trim(), envelope), nobody)
  if (parsed._tag === 'Left') return left(problem('malformed', parsed.left.reason))
  const command = parsed.right
  if (command.actor === nobody) return left(problem('malformed', 'actor: who sends this must be said'))
  if (command.pool !== envelope.pool)
    return left(problem('malformed', `pool: the path says ${envelope.pool}, the command ${command.pool}`))
  if (envelope.id !== undefined && command.id !== envelope.id)
    return left(problem('malformed', `id: Idempotency-Key says ${envelope.id}, the command ${command.id}`))
  if (envelope.sender !== 'named' && command.actor !== envelope.sender)
    return left(problem('not-permitted', `this token is of ${envelope.sender}, and sends for nobody else`))
  if (isService(command.actor))
    return left(problem('not-permitted', `${command.actor} is a service of the mesh, and speaks for itself`))
  const why = forbidden(command)
  return why === undefined ? right(command) : left(problem('not-permitted', why))
}
