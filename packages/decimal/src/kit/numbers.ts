/** Numbers in [0, 1) that follow from `seed` (Mulberry32): the same on every machine. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Where decimals go wrong: zero under any sign, halves, the rim of what a double holds, powers of ten, long ones. */
const edges = ['0', '-0', '-0.00', '0.5', '-0.5', '1', '-1', '0.1', '9007199254740991', '9007199254740992']
  .concat(['9007199254740993', '-9007199254740991', '-9007199254740992', '9999999999999999', '0.9007199254740993'])
  .concat(['999999999999999999.999999999999999999', '-999999999999999999.999999999999999999'])
  .concat(['0.000000000000000001', '-0.0000000000000000000000001', '100000000000000000000000', '007.50'])

/** A decimal in plain notation: mostly money and prices, often at a rim, sometimes far beyond what anybody writes. */
export const textFrom = (random: () => number): string => {
  const below = (n: number): number => Math.floor(random() * n)
  const digits = (n: number): string => Array.from({ length: n }, () => below(10)).join('')
  const point = (text: string, places: number): string => {
    const padded = text.padStart(places + 1, '0')
    return places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`
  }
  const sign = random() < 0.4 ? '-' : ''
  switch (below(8)) {
    case 0:
      return edges[below(edges.length)] ?? '0'
    case 1: // a few steps off the rim of the safe integers, the point anywhere
      return sign + point(String(2n ** 53n + BigInt(below(9) - 4)), below(20))
    case 2: // a power of ten, whose zeros are kept or given up
      return sign + point(`1${'0'.repeat(below(24))}`, below(24))
    case 3: // as long as a command may write
      return sign + point(digits(1 + below(36)), below(19))
    case 4: // longer
      return sign + point(digits(1 + below(60)), below(30))
    default:
      return sign + point(digits(1 + below(10)), below(9))
  }
}
