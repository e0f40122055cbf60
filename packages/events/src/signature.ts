import { createPublicKey, type KeyObject, verify } from 'node:crypto'

const prefix = 'ed25519:'

/** Below 2^255 - 19, as whose residues y is written (RFC 8032, section 5.1.2). */
const p = 2n ** 255n - 19n

/** y of the eight points of small order: under such a key one signature holds for many texts. */
const smallOrder: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  p - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
])

const bytesOf = (key: string): Buffer => Buffer.from(key.slice(prefix.length), 'base64url')

/** The name of a key, which is the key. */
export const keyName = (bytes: Uint8Array): string => `${prefix}${Buffer.from(bytes).toString('base64url')}`

/** Whether a key can prove anything: y < p, and not of small order (protocol 24). That it lies on the curve its signature shows. */
export const isFitKey = (key: string): boolean => {
  const bytes = bytesOf(key)
  if (bytes.length !== 32) return false
  const y = BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`) & (2n ** 255n - 1n)
  return y < p && !smallOrder.has(y)
}

/** Whether a signature of a text holds under a key. Never throws. */
export type Verify = (key: string, text: string, signature: string) => boolean

const openKey = (key: string): KeyObject | undefined => {
  if (!isFitKey(key)) return undefined
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.slice(prefix.length) }, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** So many keys are kept ready, and so many answers: to make a key ready takes as long as to check a signature with it. */
const most = 65_536

/** Keys that are ready to check with, by their names. */
const openKeys = (): ((key: string) => KeyObject | undefined) => {
  const ready = new Map<string, KeyObject | undefined>()
  return (key) => {
    if (ready.has(key)) return ready.get(key)
    if (ready.size >= most) ready.clear()
    const opened = openKey(key)
    ready.set(key, opened)
    return opened
  }
}

const bytesIn = (signature: string): Buffer => Buffer.from(signature, 'base64url')

/** The rule of OpenSSL: S < L, R equal by its bytes, and the equation without cofactor (protocol 24). */
export const openVerifier = (): Verify => {
  const keyOf = openKeys()
  return (key, text, signature) => {
    const opened = keyOf(key)
    return opened !== undefined && verify(null, Buffer.from(text), opened, bytesIn(signature))
  }
}

/** That a key has signed a text: to be checked. */
export interface Claim {
  readonly key: string
  readonly text: string
  readonly signature: string
}

/** Checks made before they are asked for. */
export interface Ahead {
  /** Checks these; done when all are known. Never rejects. */
  readonly check: (claims: readonly Claim[]) => Promise<void>
  /** Answers once from what was checked so; what was not, it checks itself. */
  readonly verify: Verify
}

/** Checks claims elsewhere than where it is asked, and answers of each whether it holds. Never rejects. */
export type CheckAll = (claims: readonly Claim[]) => Promise<readonly boolean[]>

/** On the threads that Node keeps for such work, one claim at a time. */
const onNodesThreads = (): CheckAll => {
  const keyOf = openKeys()
  const checkOne = ({ key, text, signature }: Claim): Promise<boolean> => {
    const opened = keyOf(key)
    if (opened === undefined) return Promise.resolve(false)
    return new Promise((resolve) => {
      verify(null, Buffer.from(text), opened, bytesIn(signature), (error, holds) => resolve(error === null && holds))
    })
  }
  return (claims) => Promise.all(claims.map(checkOne))
}

export const openAhead = (checkAll: CheckAll = onNodesThreads()): Ahead => {
  const verifyNow = openVerifier()
  /** By the signature: of two claims to one, the later is remembered. */
  const known = new Map<string, Claim & { readonly holds: boolean }>()
  return {
    check: async (claims) => {
      if (claims.length === 0) return
      const answers = await checkAll(claims)
      if (known.size + claims.length > most) known.clear()
      for (const [i, { key, text, signature }] of claims.entries()) {
        const holds = answers[i]
        if (holds !== undefined) known.set(signature, { key, text, signature, holds })
      }
    },
    verify: (key, text, signature) => {
      const found = known.get(signature)
      if (found === undefined || found.key !== key || found.text !== text) return verifyNow(key, text, signature)
      known.delete(signature)
      return found.holds
    },
  }
}
