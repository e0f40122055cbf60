import { createHash } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519'

/**
 * A second reading of the rule by which signatures hold, on another library's points: the equation of RFC 8032 without the cofactor,
 * so that nobody need believe one implementation alone. For tests only.
 */
const { Point } = ed25519
const order = Point.Fn.ORDER

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex') || '0'}`)

/** A point by its 32 bytes (section 5.1.3), or nothing where they are none, or none that is reduced. */
const pointOf = (bytes: Uint8Array): InstanceType<typeof Point> | undefined => {
  try {
    return Point.fromBytes(bytes, false)
  } catch {
    return undefined
  }
}

/** Whether a key may be one at all. */
export const isSoundKey = (key: Uint8Array): boolean => pointOf(key)?.isSmallOrder() === false

/** Whether a signature of a message holds under a key: S < L, and S B - k A is R by its bytes. */
export const holds = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const point = pointOf(key)
  if (point === undefined || point.isSmallOrder() || signature.length !== 64) return false
  const [first, second] = [signature.subarray(0, 32), numberOf(signature.subarray(32))]
  if (second >= order) return false
  const hash = createHash('sha512').update(first).update(key).update(message).digest()
  const computed = Point.BASE.multiplyUnsafe(second).subtract(point.multiplyUnsafe(numberOf(hash) % order))
  return Buffer.from(computed.toBytes()).equals(first)
}
