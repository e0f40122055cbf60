import fc from 'fast-check'

/** For tests only: what a scaled integer is in text, and a stream of such integers with awkward ones among them. */
export const textOf = (scaled: bigint, places: number): string => {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0')
  const sign = scaled < 0n ? '-' : ''
  const point = digits.length - places
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

export const scaledInteger = fc.oneof(
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.tuple(fc.integer({ min: 0, max: 25 }), fc.constantFrom(-1n, 1n)).map(([n, sign]) => sign * 10n ** BigInt(n)),
)
