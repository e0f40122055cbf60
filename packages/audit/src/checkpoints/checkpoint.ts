import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type Pool, stateHash } from '@novation/clearing'
import { canonicalJson, type Stored, sha256 } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'

const statement = t.readonly(
  t.strict({
    pool: t.string,
    revision: t.number,
    /** Of the event at that revision: it stands for every event before it. */
    hash: t.string,
    /** Of the state after it. */
    stateHash: t.string,
    /** Ledger time of the event. */
    at: t.string,
  }),
)

/** What is signed: where a ledger stood. */
export type Statement = t.TypeOf<typeof statement>

const codec = t.readonly(t.strict({ statement, key: t.string, signature: t.string }))

/** A statement with the Ed25519 signature over its canonical JSON, and the fingerprint of the key that made it. */
export type Checkpoint = t.TypeOf<typeof codec>

const bytesOf = (said: Statement): Buffer => Buffer.from(`novation-checkpoint\n${canonicalJson(said)}`)

/** SHA-256 of the public key in DER: names a key without saying it. */
export const fingerprintOf = (key: KeyObject): string =>
  sha256(
    (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }).toString('base64'),
  )

const ed25519 = (read: () => KeyObject, what: string): Either<string, KeyObject> => {
  try {
    const key = read()
    return key.asymmetricKeyType === 'ed25519'
      ? right(key)
      : left(`the ${what} is ${key.asymmetricKeyType}, not ed25519`)
  } catch {
    return left(`this is not a ${what} in PEM`)
  }
}

export const readPrivateKey = (pem: string): Either<string, KeyObject> =>
  ed25519(() => createPrivateKey(pem), 'private key')

/** A public key; a private one is refused here, since whoever verifies must not need it. */
export const readPublicKey = (pem: string): Either<string, KeyObject> =>
  /PRIVATE KEY/.test(pem)
    ? left('this is a private key: verification takes the public one alone')
    : ed25519(() => createPublicKey(pem), 'public key')

/** What can be said of a ledger after `event`, whose state is `pool`. */
export const statementAt = (pool: Pool, event: Stored): Statement => ({
  pool: pool.name,
  revision: event.revision,
  hash: event.hash,
  stateHash: stateHash(pool),
  at: new Date(pool.at).toISOString(),
})

/** Signs a statement. Ed25519 throws no dice: the same statement and key give the same signature. */
export const signCheckpoint = (said: Statement, privateKey: KeyObject): Checkpoint => ({
  statement: said,
  key: fingerprintOf(privateKey),
  signature: sign(null, bytesOf(said), privateKey).toString('base64'),
})

/** Reads one line of a file of checkpoints, and believes it only if `publicKey` made its signature. */
export const readCheckpoint = (line: string, publicKey: KeyObject): Either<string, Checkpoint> => {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return left('not JSON')
  }
  const decoded = codec.decode(json)
  if (decoded._tag === 'Left') return left('not a checkpoint')
  const { statement: said, signature, key } = decoded.right
  if (verify(null, bytesOf(said), publicKey, Buffer.from(signature, 'base64'))) return right(decoded.right)
  const other =
    key === fingerprintOf(publicKey)
      ? 'the statement was altered after it was signed'
      : `it was signed by another key (${key.slice(0, 12)}…)`
  return left(`the signature at revision ${said.revision} is not valid: ${other}`)
}

/** One checkpoint as a line of a file. */
export const checkpointLine = (checkpoint: Checkpoint): string => `${canonicalJson(checkpoint)}\n`
