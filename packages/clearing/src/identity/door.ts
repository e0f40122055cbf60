import { type Claim, type Command, formatTime, parseTime, signedText } from '@novation/events'
import { forbidden } from '../ledger/authorise'
import { type Refused, refuse } from '../ledger/refused'
import { observationClaims } from '../oracle/publish-observations'
import { quoteClaims } from '../oracle/taking'
import { speaksFor, standOf } from '../state/bindings'
import type { Bound } from '../state/identity'
import { delaysOf } from '../state/parameters'
import type { Pool } from '../state/pool'
import { orderClaims } from './orders'
import { signingKeys } from './signers'

/** What the door asks a pool about keys. */
type Asked = Bound & Pick<Pool, 'name' | 'verify' | 'oracle'>

/** Keys that come with the command which makes them known: they prove themselves by signing it (protocol 27, 28). */
const newcomers = (pool: Bound, command: Command): readonly string[] => {
  if (command.type === 'RegisterKey') return [command.data.key]
  return command.type === 'AdoptIdentity' && pool.identity === undefined ? command.data.keys.map(({ key }) => key) : []
}

/**
 * Whether everybody who signs is known here, and the sender among them: so far nothing is computed, and a flood of
 * signatures of unknown keys costs nothing. In an open pool nobody's key is known (protocol 33).
 */
export const stranger = (pool: Asked, command: Command): Refused | undefined => {
  if (pool.verify === 'assumed') return undefined
  const keys = signingKeys(command)
  if (keys.length === 0)
    return pool.identity === undefined
      ? undefined
      : refuse('unsigned', `commands of ${pool.name} are signed, and this one is not`)
  const brought = newcomers(pool, command)
  const unknown = keys.find((key) => standOf(pool, key) === 'unknown' && !brought.includes(key))
  if (unknown !== undefined)
    return refuse('unknown-key', `${unknown} is not registered in ${pool.name}, or not yet active`)
  const revoked = keys.find((key) => standOf(pool, key) === 'revoked')
  if (revoked !== undefined) return refuse('revoked-key', `${revoked} was revoked`)
  // Whoever adopts an identity has none yet; sent again, it is answered again.
  const isOwn = command.type === 'AdoptIdentity' || keys.some((key) => speaksFor(pool, key, command.actor))
  return isOwn ? undefined : refuse('unknown-key', `none of its keys is one of ${command.actor}`)
}

/** Under which domain a command is signed: adoption names its own. */
const domainOf = ({ identity }: Bound, command: Command): string =>
  command.type === 'AdoptIdentity' ? command.data.domain : (identity?.domain ?? '')

const claimsIn = (pool: Bound, command: Command): readonly Claim[] => {
  const { signatures } = command
  if (signatures === undefined) return []
  const text = signedText(command, domainOf(pool, command))
  return signatures.map(({ key, signature }) => ({ key, text, signature }))
}

/** What stands in a command that somebody else has signed. */
const claimsWithin = (pool: Asked, command: Command): readonly Claim[] => {
  if (command.type === 'ClearTrade') return orderClaims(pool, command.data)
  if (command.type === 'PublishObservations') return observationClaims(pool, command.data)
  if (command.type === 'ReportEquivocation') return quoteClaims(pool, [command.data.a, command.data.b])
  return command.type === 'PublishQuotes' ? quoteClaims(pool, command.data.quotes) : []
}

/** What will be checked of a command, at the door and behind it, as the pool stands now: for who checks it ahead. Nothing of whom it turns away before. */
export const claimsOf = (pool: Asked, command: Command): readonly Claim[] =>
  command.signatures === undefined || stranger(pool, command) !== undefined || forbidden(command) !== undefined
    ? []
    : [...claimsIn(pool, command), ...claimsWithin(pool, command)]

/** Whether each signature holds: one that does not turns the command away (protocol 32). */
export const unproven = (pool: Asked, command: Command): Refused | undefined => {
  const { verify } = pool
  if (command.signatures === undefined || verify === 'assumed') return undefined
  const wrong = claimsIn(pool, command).find(({ key, text, signature }) => !verify(key, text, signature))
  return wrong === undefined
    ? undefined
    : refuse('bad-signature', `the signature of ${wrong.key} is not one of this command, in this pool`)
}

/** Both at once, at a time: whether a command is signed by whom it must be, and each signature holds. */
export const unvouched = (pool: Asked, command: Command): Refused | undefined =>
  stranger(pool, command) ?? unproven(pool, command)

/** Whether a command has outlived itself, or comes from too far ahead: what was refused once could come back for ever (protocol 26). */
export const outlived = (pool: Pool, { at, until, signatures }: Command): Refused | undefined => {
  if (pool.verify === 'assumed') return undefined
  if (until !== undefined && pool.at > parseTime(until)) return refuse('expired', `it was wanted until ${until}`)
  if (signatures === undefined || at === undefined) return undefined
  const life_ms = delaysOf(pool.parameters).commandLife_s * 1000
  const sent = parseTime(at)
  if (until === undefined && pool.at > sent + life_ms)
    return refuse('expired', `it was sent at ${at}, and lives for ${life_ms / 1000} seconds`)
  return sent > pool.at + life_ms
    ? refuse('expired', `it says ${at}, too far ahead of the ledger's time, ${formatTime(pool.at)}`)
    : undefined
}
