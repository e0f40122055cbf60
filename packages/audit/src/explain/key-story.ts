import { type Command, Key, type LedgerEvent, type Stored } from '@novation/events'
import { readEvent } from '../decoded'
import { isAfter, type Place } from '../place'
import { type History, type Walk, walk } from '../walk'

/** Whom a key spoke for, and when: until it was revoked, if it was. */
export interface Bond {
  readonly actor: string
  /** When it was made known, and from when it counted. */
  readonly revision: number
  readonly from: string
  readonly revoked?: { readonly revision: number; readonly at: string; readonly reason: string }
}

/** A command that the key has signed, or an order that stands in one, and what came of it. */
export interface SignedBy {
  readonly revision: number
  readonly at: string
  readonly id: string
  readonly type: string
  readonly actor: string
  /** With how many other keys. */
  readonly beside: number
  /** What was signed, where that is not the command itself. */
  readonly order?: string
  readonly rejection?: string
}

/** Everything that a ledger knows of one key. */
export interface KeyStory {
  readonly pool: string
  readonly key: string
  readonly bonds: readonly Bond[]
  readonly signed: readonly SignedBy[]
}

/** Whether a word is the name of a key. */
export const isKey = (word: string): boolean => Key.is(word)

const boundBy = ({ type, data, at, revision }: LedgerEvent, key: string): readonly Bond[] => {
  if (type === 'KeyRegistered') return data.key === key ? [{ actor: data.actor, revision, from: data.activeFrom }] : []
  if (type !== 'IdentityAdopted') return []
  return data.keys.filter((each) => each.key === key).map(({ actor }) => ({ actor, revision, from: at }))
}

/** The bonds after an event: where it revokes some of them, those are over. */
const after = (bonds: readonly Bond[], event: LedgerEvent, key: string): readonly Bond[] => {
  if (event.type !== 'KeyRevoked') return [...bonds, ...boundBy(event, key)]
  const { revision, at, data } = event
  const fallen = new Set(data.bindings.filter((each) => each.key === key).map(({ actor }) => actor))
  return bonds.map((bond) =>
    fallen.has(bond.actor) ? { ...bond, revoked: { revision, at, reason: data.reason } } : bond,
  )
}

/** The orders that a trade stands on and the key has signed. */
const ordersBy = ({ type, data }: Command, key: string): readonly string[] =>
  type === 'ClearTrade' ? (data.orders ?? []).flatMap((each) => (each.key === key ? [each.order] : [])) : []

const signedIn = (
  { revision, at, type, data, metadata: { command } }: LedgerEvent,
  key: string,
): readonly SignedBy[] => {
  if (command === undefined) return []
  const { id, actor, signatures = [] } = command
  const rejection = type === 'CommandRejected' ? { rejection: data.code } : {}
  const told = { revision, at, id, type: command.type, actor, ...rejection }
  const orders = ordersBy(command, key).map((order) => ({ ...told, order, beside: signatures.length }))
  return signatures.some((each) => each.key === key) ? [{ ...told, beside: signatures.length - 1 }, ...orders] : orders
}

/**
 * What a key was bound to, and all that it has signed, up to a place. It looks at bytes and reads an event only where the key
 * stands in it; whether the signatures hold is for `verify`. Nothing where it was interrupted.
 */
export const keyStory = async (
  history: History,
  key: string,
  { pool, at, ...how }: Walk & { readonly pool: string; readonly at: Place },
): Promise<KeyStory | undefined> => {
  let bonds: readonly Bond[] = []
  const signed: SignedBy[] = []
  const isBeyond = (stored: Stored): boolean =>
    isAfter(at, { revision: stored.revision, at: at.tag === 'time' ? readEvent(stored).at : '' })
  const passed = await walk(
    history,
    (stored) => {
      if (isBeyond(stored)) return false
      if (!stored.body.includes(key)) return true
      const event = readEvent(stored)
      bonds = after(bonds, event, key)
      signed.push(...signedIn(event, key))
      return true
    },
    how,
  )
  return passed === 'interrupted' ? undefined : { pool, key, bonds, signed }
}
