import { sharePaid, type Terms } from '../draw/offers'
import type { Fill } from '../say/fills'
import { across, Frame, upwards } from './frame'
import { useWidth } from './width'

const height = 230

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`
const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`

/** What a bidder gets of an account's value as time goes by: what has come of it drawn through, what is to come dashed. */
export const OfferChart = ({
  terms,
  elapsed,
  fills,
}: {
  readonly terms: Terms
  /** How far its clock has run, in seconds. */
  readonly elapsed: number
  readonly fills: readonly Fill[]
}) => {
  const { ref, width } = useWidth(560)
  const end = Math.max(1, terms.fastSeconds + terms.slowSeconds)
  const here = Math.min(elapsed, end)
  const x = across(0, end, width, 20)
  const y = upwards(0, 1, height)
  const corners = [0, terms.fastSeconds, end]
  const line = (from: number, to: number): string =>
    [from, ...corners.filter((corner) => corner > from && corner < to), to]
      .map((at, i) => `${i === 0 ? 'M' : 'L'}${x(at).toFixed(1)},${y(sharePaid(terms, at)).toFixed(1)}`)
      .join('')
  const summary = `A bidder is paid ${percent(sharePaid(terms, here))} of the value after ${minutes(here)} of ${minutes(end)}.`
  return (
    <div ref={ref}>
      <Frame
        {...{ summary, width, height, x, y }}
        sayY={percent}
        under={[0, 1, 2, 3, 4, 5, 6].map((i) => ({ at: (i * end) / 6, text: minutes((i * end) / 6) }))}
        data={{ 'data-elapsed': here, 'data-paid': sharePaid(terms, here), 'data-fills': fills.length }}
      >
        <path class="offer-to-come" d={line(here, end)} />
        <path class="offer" d={line(0, here)} />
        {fills.map(({ seconds, bidder, what }) => {
          const at = Math.min(seconds, end)
          const isLate = at > end / 2
          return (
            <g key={`${bidder} ${seconds} ${what}`}>
              <circle class="fill" cx={x(at)} cy={y(sharePaid(terms, at))} r="5" />
              <text
                x={x(at) + (isLate ? -9 : 9)}
                y={y(sharePaid(terms, at)) - 8}
                text-anchor={isLate ? 'end' : 'start'}
              >
                {bidder}: {what}
              </text>
            </g>
          )
        })}
        <path class="here" d={`M${x(here).toFixed(1)},${y(1)}V${y(0)}`} />
      </Frame>
      <p class="dim mark">
        Fast until {minutes(terms.fastSeconds)}, then slowly to all of the value at {minutes(end)}.
      </p>
    </div>
  )
}
