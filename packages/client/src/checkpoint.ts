import { canonicalJson } from './canonical'
import { here, type World } from './world'

/** What somebody has signed: where a ledger stood. */
export interface Standing {
  readonly pool: string
  readonly revision: number
  /** Of the event at that revision: it stands for every event before it. */
  readonly hash: string
  /** Of the state after it. */
  readonly stateHash: string
  /** Ledger time of the event. */
  readonly at: string
}

export type Checkpoint =
  | { readonly sound: true; readonly standing: Standing }
  | { readonly sound: false; readonly why: string }

const fields = ['pool', 'revision', 'hash', 'stateHash', 'at'] as const satisfies readonly (keyof Standing)[]

const isStanding = (u: unknown): u is Standing =>
  typeof u === 'object' &&
  u !== null &&
  fields.every((name) => typeof (u as Standing)[name] === (name === 'revision' ? 'number' : 'string')) &&
  Object.keys(u).length === fields.length

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}

const keyIn = (pem: string): Uint8Array<ArrayBuffer> | undefined => {
  const [, base64] = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/.exec(pem) ?? []
  return base64 === undefined ? undefined : bytesOf(base64.replace(/\s/g, ''))
}

const parsed = (line: string): { readonly statement?: unknown; readonly signature?: unknown } => {
  try {
    return Object(JSON.parse(line))
  } catch {
    return {}
  }
}

const unsound = (why: string): Checkpoint => ({ sound: false, why })

/**
 * Reads one line of a file of checkpoints, as `novation checkpoint` writes it, and believes it only if the public key (Ed25519, in PEM)
 * made its signature. Of use as far as the file came from elsewhere than the ledger did.
 */
export const verifyCheckpoint = async (
  line: string,
  publicKey: string,
  world: Pick<World, 'verify'> = here,
): Promise<Checkpoint> => {
  const { statement, signature } = parsed(line)
  if (!isStanding(statement) || typeof signature !== 'string') return unsound('it is no checkpoint')
  const [key, signed] = [keyIn(publicKey), bytesOf(signature)]
  if (key === undefined) return unsound('the key is no public key in PEM')
  const text = `novation-checkpoint\n${canonicalJson(statement)}`
  return signed !== undefined && (await world.verify(key, signed, text))
    ? { sound: true, standing: statement }
    : unsound(`the signature at revision ${statement.revision} is not valid: it was altered, or another key made it`)
}
