import * as decimals from '..'
import { randomOf } from './numbers'
import { oracle } from './oracle'
import type { Api } from './plays'

/** What an operation costs, beside big.js in the same run: CPU, in turns, the best of five. `npm run bench:decimal`. */
const random = randomOf(7)
const count = 1000
const texts = (whole: number, places: number): string[] =>
  Array.from({ length: count }, () => (random() * 10 ** whole).toFixed(places))
const long = (): string[] => texts(15, 0).map((text, i) => `${text}.${String(i).padStart(18, '7')}`)

const hands: readonly [string, readonly string[], readonly string[], number][] = [
  ['money and prices', texts(5, 2), texts(4, 3), 8],
  ['33 digits, 18 of them decimals', long(), long(), 18],
]

type Work = (api: Api, a: string, b: string, places: number) => () => unknown
const two =
  (name: 'add' | 'multiply' | 'compare' | 'equals'): Work =>
  (api, a, b) => {
    const [x, y] = [api.decimal(a), api.decimal(b)]
    return () => api[name](x, y)
  }
const works: readonly (readonly [string, Work])[] = [
  ['decimal', (api, a) => () => api.decimal(a)],
  [
    'format',
    (api, a) => {
      const x = api.decimal(a)
      return () => api.format(x)
    },
  ],
  ['add', two('add')],
  ['multiply', two('multiply')],
  ['compare', two('compare')],
  ['equals', two('equals')],
  [
    'divideFloor',
    (api, a, b, places) => {
      const [x, y] = [api.decimal(a), api.decimal(b)]
      return () => api.divideFloor(x, y, places)
    },
  ],
  [
    'floor',
    (api, a) => {
      const x = api.decimal(a)
      return () => api.floor(x, 1)
    },
  ],
]

/** Nanoseconds of CPU for one call. */
const timed = (calls: readonly (() => unknown)[]): number => {
  const turns = 20
  const before = process.cpuUsage()
  for (let turn = 0; turn < turns; turn += 1) for (const call of calls) call()
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * 1000) / (turns * calls.length)
}

for (const [what, as, bs, places] of hands) {
  console.log(what)
  for (const [name, work] of works) {
    const calls = [decimals, oracle].map((api) => as.map((a, i) => work(api, a, bs[i] ?? '1', places)))
    const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let round = 0; round < 5; round += 1) {
      calls.forEach((each, i) => {
        best[i] = Math.min(best[i] ?? 0, timed(each))
      })
    }
    const [ours = 0, theirs = 0] = best
    const columns = [ours, theirs].map((ns) => `${ns.toFixed(0)} ns`.padStart(9))
    console.log(`  ${name.padEnd(12)}${columns.join(' for')} by big.js, ${(theirs / ours).toFixed(1)} x`)
  }
}
