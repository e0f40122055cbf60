import { createHash } from 'node:crypto'

/**
 * A second implementation of the rule by which signatures hold, from RFC 8032 alone: big numbers, one point after the other,
 * slow and easy to read. For tests only.
 */
const p = 2n ** 255n - 19n
const order = 2n ** 252n + 27742317777372353535851937790883648493n

const mod = (n: bigint, m = p): bigint => ((n % m) + m) % m

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n
  let square = mod(base)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}

const inverse = (n: bigint): bigint => power(n, p - 2n)
const d = mod(-121665n * inverse(121666n))
const rootOfMinusOne = power(2n, (p - 1n) / 4n)

/** In extended coordinates (section 5.1.4). */
type Point = readonly [x: bigint, y: bigint, z: bigint, t: bigint]
const zero: Point = [0n, 1n, 1n, 0n]

const plus = ([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point => {
  const a = mod((y1 - x1) * (y2 - x2))
  const b = mod((y1 + x1) * (y2 + x2))
  const c = mod(2n * t1 * t2 * d)
  const zz = mod(2n * z1 * z2)
  const [e, f, g, h] = [b - a, zz - c, zz + c, b + a]
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)]
}

const times = (point: Point, scalar: bigint): Point => {
  let result = zero
  let double = point
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = plus(result, double)
    double = plus(double, double)
  }
  return result
}

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex') || '0'}`)

const bytesOf = (n: bigint): Buffer => Buffer.from(n.toString(16).padStart(64, '0'), 'hex').reverse()

/** A point by its 32 bytes (section 5.1.3), or nothing where they are none. */
const pointOf = (bytes: Uint8Array): Point | undefined => {
  const all = numberOf(bytes)
  const sign = all >> 255n
  const y = all & (2n ** 255n - 1n)
  if (y >= p) return undefined
  const [u, v] = [mod(y * y - 1n), mod(d * y * y + 1n)]
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (p - 5n) / 8n))
  if (mod(v * x * x - u) !== 0n) x = mod(x * rootOfMinusOne)
  if (mod(v * x * x - u) !== 0n || (x === 0n && sign === 1n)) return undefined
  if ((x & 1n) !== sign) x = mod(-x)
  return [x, y, 1n, mod(x * y)]
}

const encoded = ([x, y, z]: Point): Buffer => {
  const one = inverse(z)
  return bytesOf(mod(y * one) | ((mod(x * one) & 1n) << 255n))
}

const base = pointOf(bytesOf(mod(4n * inverse(5n)))) ?? zero

/** Whether eight times the point is nothing. */
const isOfSmallOrder = (point: Point): boolean => encoded(times(point, 8n)).equals(encoded(zero))

/** Whether a key may be one at all. */
export const isSoundKey = (key: Uint8Array): boolean => {
  const point = pointOf(key)
  return point !== undefined && !isOfSmallOrder(point)
}

/** S < L, and R is, byte for byte, S B - k A: no cofactor (section 5.1.7, and protocol 24). */
export const holds = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const [r, s] = [signature.subarray(0, 32), numberOf(signature.subarray(32))]
  const point = pointOf(key)
  if (point === undefined || s >= order || isOfSmallOrder(point)) return false
  const k = mod(numberOf(createHash('sha512').update(r).update(key).update(message).digest()), order)
  const [x, y, z, t] = times(point, k)
  return encoded(plus(times(base, s), [mod(-x), y, z, mod(-t)])).equals(r)
}
