const seed = 0x9747b28c
const multiplier = 0x5bd1e995

const mix = (k: number): number => {
  const m = Math.imul(k, multiplier)
  return Math.imul(m ^ (m >>> 24), multiplier)
}

/** MurmurHash2, 32 bits, with the seed that Kafka's own clients use; a signed integer. */
export const murmur2 = (bytes: Buffer): number => {
  const whole = bytes.length & ~3
  let hash = seed ^ bytes.length
  for (let i = 0; i < whole; i += 4) hash = Math.imul(hash, multiplier) ^ mix(bytes.readInt32LE(i))
  if (whole < bytes.length) hash = Math.imul(hash ^ bytes.readUIntLE(whole, bytes.length - whole), multiplier)
  hash = Math.imul(hash ^ (hash >>> 13), multiplier)
  return hash ^ (hash >>> 15)
}

/**
 * The partition of a key, of `partitions` in all: the same as Kafka's Java client chooses for the UTF-8 bytes of a
 * key that is not null. So a venue that publishes with a client of its own meets the same partitions.
 */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions
