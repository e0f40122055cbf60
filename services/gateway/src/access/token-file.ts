import { isTime, parseTime, reading, sha256 } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { grantedRole } from './grant'

const ActorText = reading('operator, venue, oracle, auditor, trader:NAME or keeper:NAME', (text) =>
  /^[a-z]{1,32}(:[A-Za-z0-9._:-]{1,64})?$/.test(text) && grantedRole(text) !== undefined ? text : undefined,
)

const TimeText = reading('an RFC 3339 time', (text) => (isTime(text) ? text : undefined))

const Entry = t.readonly(
  t.intersection([
    t.type({
      /** Public. */
      id: t.string,
      /** SHA-256 of the whole token: the file lets nobody in. */
      hash: t.string,
      actor: ActorText,
    }),
    t.partial({ pools: t.readonlyArray(t.string), expires: TimeText }),
  ]),
)
export type TokenEntry = t.TypeOf<typeof Entry>

const File = t.readonly(t.type({ tokens: t.readonlyArray(Entry) }))

/** Reads the file of tokens; says what is wrong with one that is none. */
export const readTokens = (text: string): Either<string, readonly TokenEntry[]> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return left('it is not JSON')
  }
  const file = File.decode(json)
  return file._tag === 'Left'
    ? left('it is not a file of tokens as `novation token` writes it')
    : right(file.right.tokens)
}

/** One token a line, so that a difference of two files can be read. */
export const writeTokens = (tokens: readonly TokenEntry[]): string =>
  `{"tokens":[\n${tokens.map((entry) => JSON.stringify(entry)).join(',\n')}\n]}\n`

export const hashOf = (token: string): string => sha256(`token ${token}`)

const form = /^novation_([0-9a-z]{8})_[A-Za-z0-9_-]{43}$/

/** The public part of a token; undefined where it is none. */
export const idOfToken = (token: string): string | undefined => form.exec(token)?.[1]

/** A token of 32 bytes that nobody can guess. It is seen once; the file keeps what can be compared with it. */
export const newToken = (secret: Buffer, more: Omit<TokenEntry, 'id' | 'hash'>) => {
  const id = sha256(`id ${secret.toString('hex')}`).slice(0, 8)
  const token = `novation_${id}_${secret.toString('base64url')}`
  return { token, entry: { id, hash: hashOf(token), ...more } satisfies TokenEntry }
}

/** Whether a token has run out by a time. */
export const isOver = ({ expires }: TokenEntry, now: number): boolean =>
  expires !== undefined && parseTime(expires) <= now
