import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { kernelDigest, trustedDigest } from './digest'
import { erfcx, fallOfErfcx } from './erfcx'
import { exp } from './exp'
import { constants, constantsFile } from './kit/constants'
import * as exact from './kit/fixed-point'
import { elementary, options } from './kit/right-answers'
import { lnRatio } from './ln'
import { density, distribution } from './normal'
import { otm } from './otm'
import { pow } from './pow'
import { blackPrice } from './price'

const off = (got: number, right: number): number => Math.abs(got / right - 1)
const wide = { numRuns: 300 }
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })

/** How far a double lies from an exact value, as a share of it. */
const offExact = (got: number, right: bigint): number =>
  Math.abs(exact.toDouble(exact.over(exact.ofDouble(got) - right, right)))

describe('the elementary functions', () => {
  const functions = { exp: (x: number) => exp(x), lnRatio, erfcx: (x: number) => erfcx(x) }
  const tolerances = { exp: 1e-15, lnRatio: 1e-15, erfcx: 2e-15 }

  it.each(elementary)('%s(%d, %d) is right to the last digits', (name, x, y, right) =>
    expect(off(functions[name](x, y), Number(right))).toBeLessThan(tolerances[name]),
  )

  it('exp is within 1.1 units of 2^-53 of e^x', () =>
    fc.assert(
      fc.property(between(-60, 60), (x) => {
        expect(offExact(exp(x), exact.exponential(exact.ofDouble(x)))).toBeLessThan(1.1 * 2 ** -53)
      }),
      wide,
    ))

  it('exp goes down through the least doubles to 0, and up to infinity', () => {
    expect([exp(-745.1), exp(-746), exp(-1e300), exp(0), exp(710), exp(1e300)]).toEqual([
      5e-324,
      0,
      0,
      1,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
    expect(off(exp(709.7), Math.exp(709.7))).toBeLessThan(1e-15)
    expect(off(exp(-720), Math.exp(-720))).toBeLessThan(1e-10)
  })

  it('ln is within 3 units of 2^-53, however near the two are', () =>
    fc.assert(
      fc.property(between(0.001, 1000), between(-1e-9, 40), (b, by) => {
        const a = b * (1 + by)
        fc.pre(a !== b)
        const right = exact.logarithm(exact.over(exact.ofDouble(a), exact.ofDouble(b)))
        expect(offExact(lnRatio(a, b), right)).toBeLessThan(3 * 2 ** -53)
      }),
      wide,
    ))

  it('erfcx and how fast it falls are within 7 units of 2^-53', () =>
    fc.assert(
      fc.property(between(0, 45), (x) => {
        expect(offExact(erfcx(x), exact.scaledErfc(exact.ofDouble(x)))).toBeLessThan(7 * 2 ** -53)
        expect(offExact(fallOfErfcx(x), exact.fallOfScaledErfc(exact.ofDouble(x)))).toBeLessThan(9 * 2 ** -53)
      }),
      wide,
    ))

  it('a power is exp of a logarithm', () => expect([pow(4, 0.5), pow(1, 3), pow(0.25, -0.5)]).toEqual([2, 1, 2]))
})

describe('the normal distribution', () => {
  it('is right to the last digits, in its lower tail too', () => {
    expect([distribution(0), distribution(-40), distribution(40)]).toEqual([0.5, 0, 1])
    expect(off(distribution(-1), 0.15865525393145705)).toBeLessThan(1e-15)
    expect(off(distribution(-10), 7.619853024160525e-24)).toBeLessThan(1e-14)
    expect(distribution(1.5) + distribution(-1.5)).toBe(1)
    expect(off(density(0), 0.3989422804014327)).toBeLessThan(1e-15)
    expect(off(density(3), 0.0044318484119380075)).toBeLessThan(1e-15)
  })
})

describe('the price of an option', () => {
  it.each(options)('%s F %d K %d vol %d tau %d D %d', (type, forward, strike, volatility, tau, discount, right) =>
    expect(off(blackPrice(type, forward, strike, volatility, tau, discount), Number(right))).toBeLessThan(1e-12),
  )

  /** The same formula by exact arithmetic. */
  const exactOtm = (forward: number, strike: number, volatility: number, tau: number): bigint => {
    const [f, k] = [exact.ofDouble(forward), exact.ofDouble(strike)]
    const s = exact.times(exact.ofDouble(volatility), exact.squareRoot(exact.ofDouble(tau)))
    const log = exact.logarithm(exact.over(f, k))
    const [h, g] = [exact.over(log < 0n ? -log : log, s), s / 2n]
    const root = exact.squareRoot(2n * exact.one)
    const tail = (x: bigint): bigint =>
      x < 0n ? 2n * exact.exponential(exact.times(x, x)) - exact.scaledErfc(-x) : exact.scaledErfc(x)
    const bell = exact.exponential(-(exact.times(h, h) + exact.times(g, g)) / 2n)
    const difference = tail(exact.over(h - g, root)) - tail(exact.over(h + g, root))
    return exact.times(exact.times(exact.squareRoot(exact.times(f, k)) / 2n, bell), difference)
  }

  it('is within 1e-12 of the exact formula from 0 to 12 deviations, seconds to years', () =>
    fc.assert(
      fc.property(between(0.01, 100_000), between(0.01, 5), between(-16, 1.2), between(-12, 12), (f, vol, ln, away) => {
        const tau = Math.exp(ln)
        const strike = f * Math.exp(away * vol * Math.sqrt(tau))
        fc.pre(strike > 1e-6 && strike < 1e12)
        expect(offExact(otm(f, strike, vol, tau), exactOtm(f, strike, vol, tau))).toBeLessThan(1e-12)
      }),
      wide,
    ))

  it('is what it is worth inside where nothing is left to happen', () => {
    expect(blackPrice('call', 110, 100, 0.5, 0, 0.9)).toBe(9)
    expect(blackPrice('put', 110, 100, 0, 1, 0.9)).toBe(0)
    expect(otm(100, 1e9, 0.01, 1e-9)).toBe(0)
  })

  it('takes a deviation beyond any bound for the smaller leg', () =>
    expect(off(blackPrice('call', 100, 300, 1e6, 1e6, 1), 100)).toBeLessThan(1e-12))
})

describe('its constants', () => {
  it('are those that exact arithmetic makes: `npm run kernel`', () =>
    expect(readFileSync(join(__dirname, 'constants.ts'), 'utf8')).toBe(constantsFile()))
})

describe('its digest', () => {
  it('is the one that a ledger trusts', () => expect(kernelDigest()).toBe(trustedDigest))

  const register = join(__dirname, '../../../testing/register.js')
  const script = join(__dirname, 'kit/digest.script.ts')
  it.each([[[]], [['--jitless']], [['--no-opt']], [['--always-sparkplug']]])('is the same under node %j', (flags) => {
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--require', register, script], {
      encoding: 'utf8',
    })
    expect(stdout === '' ? stderr : stdout).toBe(trustedDigest)
  })

  const python = spawnSync('python3', ['-c', 'print(1.5)'], { encoding: 'utf8' })
  const hasPython = python.stdout?.trim() === '1.5'
  if (!hasPython) console.log('The digest is not compared with another engine: python3 is not there.')
  ;(hasPython ? it : it.skip)('is the same by the kernel in Python', () => {
    const { stdout, stderr } = spawnSync('python3', [join(__dirname, 'kit/digest.py')], {
      encoding: 'utf8',
      input: JSON.stringify(constants()),
    })
    expect(stdout === '' ? stderr : stdout).toBe(trustedDigest)
  })
})
