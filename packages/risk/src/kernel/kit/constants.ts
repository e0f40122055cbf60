import {
  cosine,
  exponential,
  fallOfScaledErfc,
  logarithm,
  ofInteger,
  ofRatio,
  one,
  over,
  pi,
  scaledErfc,
  squareRoot,
  times,
  toDouble,
} from './fixed-point'

/** Intervals of t = 4/(4+x), and the degree of the polynomial in each. */
const intervals = 32
const degree = 7

/** A number as the sum of two doubles; the first keeps so few bits that up to 2^17 of it are exact. */
const inTwo = (a: bigint): readonly [number, number] => {
  const cut = 1n << (400n - 40n)
  const high = (a / cut) * cut
  return [toDouble(high), toDouble(a - high)]
}

/** A number as the nearest double and what that lacks. */
const nearestAndRest = (a: bigint): readonly [number, number] => {
  const nearest = toDouble(a)
  return [nearest, toDouble(a - BigInt(nearest * 2 ** 60) * (1n << 340n))]
}

/** Coefficients, lowest first, of the polynomial in u that meets `f` in the zeros of the Chebyshev polynomial of the next degree. */
const polynomial = (f: (u: bigint) => bigint): readonly number[] => {
  const nodes = Array.from({ length: degree + 1 }, (_, k) => cosine((pi * BigInt(2 * k + 1)) / BigInt(2 * degree + 2)))
  const differences = nodes.map(f)
  for (let order = 1; order <= degree; order += 1) {
    for (let k = degree; k >= order; k -= 1) {
      const [upper, lower] = [differences[k] ?? 0n, differences[k - 1] ?? 0n]
      differences[k] = over(upper - lower, (nodes[k] ?? 0n) - (nodes[k - order] ?? 0n))
    }
  }
  // Newton's form multiplied out, from the inside.
  let coefficients: readonly bigint[] = []
  for (let k = degree; k >= 0; k -= 1) {
    const shifted = [0n, ...coefficients]
    coefficients = shifted.map(
      (c, i) => c - times(coefficients[i] ?? 0n, nodes[k] ?? 0n) + (i === 0 ? (differences[k] ?? 0n) : 0n),
    )
  }
  return coefficients.slice(0, degree + 1).map(toDouble)
}

/** `f` of x in each interval of t, in u from -1 to 1 across it. */
const table = (f: (x: bigint) => bigint): readonly number[] =>
  Array.from({ length: intervals }, (_, j) =>
    polynomial((u) => {
      const t = (ofRatio(2 * j + 1, 1) + u) / BigInt(2 * intervals)
      return f(over(ofInteger(4), t) - ofInteger(4))
    }),
  ).flat()

const four = ofInteger(4)

/** All constants of the kernel, by name, each the nearest double of its exact value. */
export const constants = (): Readonly<Record<string, readonly number[]>> => {
  const ln2 = logarithm(2n * one)
  return {
    ln2OverThirtyTwo: inTwo(ln2 / 32n),
    ln2: inTwo(ln2),
    thirtyTwoOverLn2: [toDouble(over(ofInteger(32), ln2))],
    rootOfHalf: [toDouble(squareRoot(one / 2n))],
    densityAtZero: [toDouble(over(one, squareRoot(2n * pi)))],
    powersOfTwo: Array.from({ length: 32 }, (_, j) => nearestAndRest(exponential((ln2 * BigInt(j)) / 32n))).flat(),
    erfcxTable: table((x) => times(four + x, scaledErfc(x))),
    fallTable: table((x) => times(times(four + x, four + x), fallOfScaledErfc(x))),
  }
}

const meanings: Readonly<Record<string, string>> = {
  ln2OverThirtyTwo: 'ln 2 / 32 in two parts: up to 2^17 of the first are exact.',
  ln2: 'ln 2 in two parts, the same way.',
  thirtyTwoOverLn2: '32 / ln 2.',
  rootOfHalf: '√½.',
  densityAtZero: '1/√(2 pi).',
  powersOfTwo: '2^(j/32) for j from 0 to 31, each in two parts: the nearest double, and what it lacks.',
  erfcxTable:
    '(4 + x) erfcx(x) by t = 4/(4 + x): 32 intervals of t, in each eight coefficients of a polynomial, lowest first.',
  fallTable: '(4 + x)² times -erfcx’(x), the same way.',
}

/** Eight on a line, as many as an interval has coefficients. */
const lines = (values: readonly number[]): string =>
  Array.from(
    { length: Math.ceil(values.length / 8) },
    (_, i) => `  ${values.slice(8 * i, 8 * i + 8).join(', ')},\n`,
  ).join('')

/** The file that the kernel reads. */
export const constantsFile = (): string => {
  const parts = Object.entries(constants()).map(
    ([name, values]) =>
      `/** ${meanings[name] ?? ''} */\n// biome-ignore format: a table\nexport const ${name}: readonly number[] = [\n${lines(values)}]\n`,
  )
  return `// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: each is what exact arithmetic makes, and no engine's\n// Made by \`npm run kernel\` (kit/constants.ts); the test beside it makes it anew and compares.\n\n${parts.join('\n')}`
}
