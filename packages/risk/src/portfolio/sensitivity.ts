import { lnRatio } from '../kernel/ln'
import { density, distribution } from '../kernel/normal'
import { toDouble } from './double'
import type { Series } from './market'
import type { OptionState } from './states'
import type { Term } from './term'

/** Shares by which an index may move for which curvatures are worked out; the first is the widest band. */
export const reaches: readonly number[] = [0.25, 0.1, 0.04, 0.016, 0.0064, 0.0025, 0.001]

/** How one of a series answers to its index, in every state, per share that the index moves by. */
export interface Sensitivity {
  /** The first derivative. */
  readonly slopes: Float64Array
  /** For each reach, no less than the second derivative anywhere within it. */
  readonly curves: readonly Float64Array[]
  /** For each reach, by how much the slope itself may jump within it: where nothing but time value bends it. */
  readonly kinks: readonly Float64Array[]
}

/** A deviation below this is none: the price has a corner at the strike. */
const least = 1e-6

interface Point {
  readonly forward: number
  /** What of the forward moves. */
  readonly floating: number
  readonly strike: number
  readonly s: number
  readonly discount: number
}

const slopeOf = ({ optionType }: Series, { forward, floating, strike, s, discount }: Point): number => {
  const call = s < least ? (forward > strike ? 1 : 0) : distribution(lnRatio(forward, strike) / s + s / 2)
  return discount * floating * (optionType === 'call' ? call : call - 1)
}

/** `D F' phi(z)/s` at the end of the band and at the z in it that is nearest to 0. */
const curveOf = ({ forward, floating, strike, s, discount }: Point, reach: number): number => {
  const [low, high] = [forward - floating * reach, forward + floating * reach]
  const from = lnRatio(low, strike) / s + s / 2
  const to = lnRatio(high, strike) / s + s / 2
  const nearest = from > 0 ? from : to < 0 ? to : 0
  return (discount * high * density(nearest)) / s
}

const kinkOf = ({ forward, floating, strike, discount }: Point, reach: number): number => {
  const [low, high] = [forward - floating * reach, forward + floating * reach]
  return low <= strike && strike <= high ? discount * floating : 0
}

/** Works out how a series answers, in doubles. */
export const sensitivityOf = (series: Series, term: Term, states: readonly OptionState[]): Sensitivity => {
  const strike = toDouble(series.strike)
  const root = Math.sqrt(term.tau)
  const points = states.map(({ move, volatility }): Point => {
    const floating = term.forward.floating * move
    return { forward: term.forward.fixed + floating, floating, strike, s: volatility * root, discount: term.discount }
  })
  return {
    slopes: Float64Array.from(points, (point) => slopeOf(series, point)),
    curves: reaches.map((reach) => Float64Array.from(points, (point) => (point.s < least ? 0 : curveOf(point, reach)))),
    kinks: reaches.map((reach) => Float64Array.from(points, (point) => (point.s < least ? kinkOf(point, reach) : 0))),
  }
}
