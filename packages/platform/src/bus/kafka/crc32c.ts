/** The polynomial of Castagnoli, its bits in reverse: with it Kafka checks what was sent. */
const polynomial = 0x82f63b78

/** What each byte comes to that so many more follow, from none to three. */
const tables: readonly Int32Array[] = Array.from({ length: 4 }, () => new Int32Array(256))

const [last, third, second, first] = tables as [Int32Array, Int32Array, Int32Array, Int32Array]

const pick = (table: Int32Array, byte: number): number => table[byte & 0xff] ?? 0

for (let byte = 0; byte < 256; byte += 1) {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0)
  last[byte] = crc
}
for (const [after, before] of [
  [third, last],
  [second, third],
  [first, second],
] as const)
  for (const [byte, crc] of before.entries()) after[byte] = (crc >>> 8) ^ pick(last, crc)

/** The checksum CRC-32C of bytes from a place on, as a whole number below 2^32; four of them are taken at a time. */
export const crc32c = (bytes: Buffer, from: number): number => {
  let crc = -1
  let at = from
  for (; at + 4 <= bytes.length; at += 4) {
    const four = crc ^ bytes.readInt32LE(at)
    crc = pick(first, four) ^ pick(second, four >>> 8) ^ pick(third, four >>> 16) ^ pick(last, four >>> 24)
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ pick(last, crc ^ (bytes[at] ?? 0))
  return ~crc >>> 0
}
