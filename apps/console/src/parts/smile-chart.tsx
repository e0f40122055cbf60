import { short } from '../draw/ticks'
import { compare, exactly, pixelsOf } from '../say/amounts'
import type { Expiry } from '../say/markets'
import { across, Frame, Here, upwards } from './frame'
import { useWidth } from './width'

const height = 150

interface Spot {
  readonly strike: string
  readonly volatility: string
}

/** One place for each strike that is listed, in order. */
const spotsOf = ({ options }: Expiry): readonly Spot[] => {
  const byStrike = new Map(
    options.flatMap(({ strike, volatility }) => (volatility === undefined ? [] : [[strike, volatility] as const])),
  )
  return [...byStrike]
    .map(([strike, volatility]) => ({ strike, volatility }))
    .sort((a, b) => compare(a.strike, b.strike))
}

/** The volatilities of an expiry by strike, and where its forward is. */
export const SmileChart = ({ expiry }: { readonly expiry: Expiry }) => {
  const { ref, width } = useWidth(400)
  const spots = spotsOf(expiry)
  const [first, last] = [spots[0], spots.at(-1)]
  if (first === undefined || last === undefined || spots.length < 2) return <div ref={ref} />
  const [least, most] = [pixelsOf(first.strike), pixelsOf(last.strike)]
  const volatilities = spots.map(({ volatility }) => pixelsOf(volatility))
  const [low, high] = [Math.min(...volatilities), Math.max(...volatilities)]
  const room = Math.max((high - low) / 6, high / 50)
  const x = across(least, most, width, 24)
  const y = upwards(low - room, high + room, height)
  const forward = expiry.valued === undefined ? undefined : pixelsOf(expiry.valued.forward)
  const line = spots.map(({ strike, volatility }, i) => {
    const [across_, up] = [x(pixelsOf(strike)), y(pixelsOf(volatility))]
    return `${i === 0 ? 'M' : 'L'}${across_.toFixed(1)},${up.toFixed(1)}`
  })
  const summary = `Volatility a year goes from ${exactly(first.volatility)} at ${exactly(first.strike)} to ${exactly(last.volatility)} at ${exactly(last.strike)}.`
  return (
    <div ref={ref}>
      <Frame
        {...{ summary, width, height, x, y }}
        sayY={short}
        under={x.ticks(5).map((at) => ({ at, text: short(at) }))}
        data={{ 'data-strikes': spots.length, 'data-smile': spots.map(({ volatility }) => volatility).join(' ') }}
      >
        <path class="price" d={line.join('')} />
        {forward === undefined || forward < least || forward > most ? null : <Here {...{ x, y }} at={forward} />}
      </Frame>
      <p class="dim mark">Volatility upwards, strikes to the right; the line across is the forward.</p>
    </div>
  )
}
