import type { Decimal } from '@novation/decimal'
import { type Consent, type Millis, nameOf, roleOf, type Verify } from '@novation/events'
import type { Table } from './table'

/** A key and whom it speaks for. It stays when it is revoked: what fell never comes back. */
export interface Binding {
  readonly actor: string
  readonly key: string
  /** When it was registered, and from when it counts. */
  readonly since: Millis
  readonly from: Millis
  /** The keys, active then, that registered it. */
  readonly by: readonly string[]
  /** When it fell, if it has. */
  readonly revokedAt?: Millis
}

/** How much of an order was filled, and until when it can be. */
export interface Filled {
  readonly filled: Decimal
  readonly until: Millis
}

/** Who may speak in whose name, once a pool has adopted identity (protocol 27). */
export interface Identity {
  /** What is signed for this pool is signed for no other. */
  readonly domain: string
  /** Whether anybody can make the keys it began with. */
  readonly development: boolean
  /** The revision at which it was adopted: from there on every command is signed. */
  readonly since: number
  /** All bindings of a key, in the order in which they were made. */
  readonly keys: Table<readonly Binding[]>
  /** By the digest of what was signed: what was filled of orders that can still be filled, and of few others. */
  readonly fills: Table<Filled>
  /** When those that cannot be filled any more were last forgotten. */
  readonly sweptAt: Millis
  /** Orders that were taken back, by account and name: all that could be filled until then at most. */
  readonly cancelled: Table<Millis>
  /** Derived: the keys that were ever bound to a party. */
  readonly parties: Table<readonly string[]>
}

/** What a pool has of it. */
export interface Signed {
  /** Nothing while the pool is open: then whoever reaches it is taken at its word. */
  readonly identity: Identity | undefined
  /**
   * How signatures are checked: a property of the program, and no part of the state hash. Where they are `assumed`, what is
   * recorded counts as proven and nobody signs anew: of a fork nobody has the keys, and no ledger takes what it makes.
   */
  readonly verify: Verify | 'assumed'
}

/** What is asked about keys: who is bound to whom, and what time it is. */
export interface Bound {
  readonly identity: Identity | undefined
  readonly at: Millis
}

/** What an account's owner must have signed; what is looser holds only from a time on. */
export interface Consenting {
  readonly now: Consent
  readonly later?: { readonly consent: Consent; readonly from: Millis }
}

/** What an account has of it: `venue` where nothing was said. */
export interface Owned {
  readonly consent: Consenting | undefined
}

type Beginning = Pick<Identity, 'domain' | 'development' | 'since'>

export const newIdentity = ({ domain, development, since }: Beginning): Identity => ({
  domain,
  development,
  since,
  keys: new Map(),
  fills: new Map(),
  sweptAt: 0,
  cancelled: new Map(),
  parties: new Map(),
})

/** Whose account an actor's keys own, if any: the trader and the keeper of one name are one owner (protocol 28, 30). */
export const ownerOf = (actor: string): string | undefined => {
  const role = roleOf(actor)
  return role === 'trader' || role === 'keeper' ? nameOf(actor) : undefined
}

/** Who shares keys: an owner in either role, anybody else alone. No actor has a slash. */
export const partyOf = (actor: string): string => {
  const owner = ownerOf(actor)
  return owner === undefined ? actor : `owner/${owner}`
}
