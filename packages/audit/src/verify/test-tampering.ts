import { canonicalJson, eventIdOf, genesis, linkHash, type Stored } from '@novation/events'

/** What the body of an event says, as JSON. */
export interface Said {
  readonly type: string
  readonly revision: number
  readonly data: Readonly<Record<string, unknown>>
  readonly postings: readonly { readonly account: string; readonly asset: string; readonly amount: string }[]
  readonly metadata: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

export const saidBy = ({ body }: Stored): Said => JSON.parse(body)

/** Seals what events say into a chain of its own, as somebody would who knows how hashes are made; `bytes` writes a body. */
export const sealed = (said: readonly Said[], bytes: (said: Said) => string = canonicalJson): readonly Stored[] => {
  let previousHash = genesis
  return said.map((each) => {
    const body = bytes({ ...each, metadata: { ...each.metadata, previousHash } })
    const hash = linkHash(previousHash, body)
    previousHash = hash
    return { id: eventIdOf(hash), type: each.type, revision: each.revision, hash, body }
  })
}

/** The ledger with one body changed and every hash from there on made anew. */
export const resealed = (ledger: readonly Stored[], at: number, change: (said: Said) => Said): readonly Stored[] =>
  sealed(ledger.map((event, index) => (index === at ? change(saidBy(event)) : saidBy(event))))

/** The ledger with other events in it, renumbered from 0 and every hash made anew. */
export const renumbered = (events: readonly Stored[]): readonly Stored[] =>
  sealed(events.map((event, revision) => ({ ...saidBy(event), revision })))

/** The ledger with one event changed and nothing else. */
export const changed = (ledger: readonly Stored[], at: number, change: (event: Stored) => Stored): readonly Stored[] =>
  ledger.map((event, index) => (index === at ? change(event) : event))

type Fields = Readonly<Record<string, unknown>>

/** One thing that an event of this ledger says otherwise, every hash from there on made anew. */
export const altering = (ledger: readonly Stored[]) => {
  const envelope = (at: number, more: Fields) => resealed(ledger, at, (said) => ({ ...said, ...more }))
  const data = (at: number, more: Fields) =>
    resealed(ledger, at, (said) => ({ ...said, data: { ...said.data, ...more } }))
  const metadata = (at: number, more: Fields) =>
    resealed(ledger, at, (said) => ({ ...said, metadata: { ...said.metadata, ...more } }))
  const without = (...revisions: readonly number[]) => ledger.filter(({ revision }) => !revisions.includes(revision))
  return { envelope, data, metadata, without }
}

/** What the chain finds, it finds at every depth. */
export const same = (found: string): readonly [string, string, string] => [found, found, found]

/** What only deciding again finds. */
export const decided = (revision: number): readonly [string, string, string] => [`execution@${revision}`, '-', '-']
