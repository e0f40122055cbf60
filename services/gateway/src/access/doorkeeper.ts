import type { Scheduler } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import { type Problem, problem } from '../http/problems'
import { type Credentials, tokenIn } from './credentials'
import { anybody, type Grant, grantedRole, grantTo, grantToPublic } from './grant'
import { hashOf, idOfToken, isOver, type TokenEntry } from './token-file'

/** Reads the tokens as they are now; rejects where that cannot be said. */
export type ReadTokens = () => Promise<readonly TokenEntry[]>

/** Tells who asks, by what he sends along. */
export type Doorkeeper = (who: Credentials) => Either<Problem, Grant> | Promise<Either<Problem, Grant>>

/** Where nobody is asked: whoever reaches this machine's own address is let in. */
export const openDoor: Doorkeeper = () => right(anybody)

/** Lets in the same, to look: where another program writes the ledger, nothing that is sent here would reach it. */
export const onlyLooking =
  (door: Doorkeeper): Doorkeeper =>
  async (who) => {
    const grant = await door(who)
    return grant._tag === 'Left' ? grant : right({ ...grant.right, sender: undefined })
  }

/** Lets in whoever says nothing about himself, too, to see the totals. Behind a proxy its word counts as to where he asks from, for one hop. */
export const alsoPublic =
  (door: Doorkeeper, isBehindProxy: boolean): Doorkeeper =>
  async (who) => {
    if (tokenIn(who) !== undefined) return door(who)
    const forwarded = isBehindProxy ? who.headers['x-forwarded-for']?.split(',').at(-1)?.trim() : undefined
    return right(grantToPublic(forwarded ?? who.peer))
  }

/** A token that was revoked lets nobody in for longer than this. */
const freshFor_ms = 5_000

const unauthenticated = problem('unauthenticated', 'send a token that is in force, as `Authorization: Bearer TOKEN`')
const unreadable = problem('unavailable', 'the file of tokens cannot be read, so nobody is let in; the log says why')

/** Lets in who has a token. The file is read anew every few seconds; `failed` hears where it cannot be. */
export const keepDoor = (read: ReadTokens, { now }: Scheduler, failed: (error: unknown) => void): Doorkeeper => {
  let known: { readonly at: number; readonly tokens: Promise<ReadonlyMap<string, TokenEntry> | undefined> } | undefined

  const readAnew = async (): Promise<ReadonlyMap<string, TokenEntry> | undefined> => {
    try {
      return new Map((await read()).map((entry) => [entry.id, entry]))
    } catch (error) {
      failed(error)
      return undefined
    }
  }

  return async (who) => {
    const token = tokenIn(who) ?? ''
    const id = idOfToken(token)
    if (id === undefined) return left(unauthenticated)
    if (known === undefined || now() - known.at >= freshFor_ms) known = { at: now(), tokens: readAnew() }
    const tokens = await known.tokens
    if (tokens === undefined) return left(unreadable)
    const entry = tokens.get(id)
    // Digests are compared, not tokens: how long that takes tells nobody anything of use.
    const role = entry === undefined ? undefined : grantedRole(entry.actor)
    if (entry === undefined || role === undefined || entry.hash !== hashOf(token) || isOver(entry, now()))
      return left(unauthenticated)
    return right(grantTo(id, entry.actor, role, entry.pools === undefined ? undefined : new Set(entry.pools)))
  }
}
