const decimal = /^(-?)(\d+)(?:\.(\d+))?$/

/** The exact sum of decimal strings is nothing; undefined where one of them is no decimal. */
export const sumsToZero = (amounts: readonly string[]): boolean | undefined => {
  const parts = amounts.map((amount) => decimal.exec(amount))
  const places = Math.max(0, ...parts.map((part) => part?.[3]?.length ?? 0))
  let sum = 0n
  for (const part of parts) {
    if (part === null) return undefined
    const [, sign, whole = '', fraction = ''] = part
    const scaled = BigInt(whole + fraction.padEnd(places, '0'))
    sum += sign === '-' ? -scaled : scaled
  }
  return sum === 0n
}
