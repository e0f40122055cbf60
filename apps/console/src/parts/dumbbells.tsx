import { number } from '../say/counts'
import type { Hurt } from '../say/what-if'
import { across } from './frame'
import { useWidth } from './width'

const line = 30
const room = 130

/** How many it happened to, as recorded (hollow) and in the new history (filled). */
export const Dumbbells = ({ hurt }: { readonly hurt: readonly Hurt[] }) => {
  const { ref, width } = useWidth(560)
  const most = Math.max(1, ...hurt.flatMap(({ recorded, now }) => [recorded, now]))
  const x = across(0, most, width - room, 60).range([room, width - 60])
  const summary = hurt
    .map(({ name, recorded, now }) => `${name}: ${number(recorded)} recorded, ${number(now)} new`)
    .join('; ')
  const height = line * hurt.length + 22
  return (
    <div ref={ref}>
      <svg viewBox={`0 0 ${width} ${height}`} height={height} role="img" aria-label={summary} data-hurt={summary}>
        <title>{summary}</title>
        {x.ticks(4).map((tick) => (
          <g key={tick}>
            <path class="axis" d={`M${x(tick)},4V${height - 20}`} />
            <text x={x(tick)} y={height - 5} text-anchor="middle">
              {number(tick)}
            </text>
          </g>
        ))}
        {hurt.map(({ name, recorded, now }, i) => {
          const y = 16 + line * i
          const tone = now > recorded ? 'danger' : 'well'
          return (
            <g key={name} class={tone}>
              <text x="0" y={y + 4}>
                {name}
              </text>
              <path class="dumbbell" d={`M${x(recorded)},${y}H${x(now)}`} />
              <circle class="dumbbell-recorded" cx={x(recorded)} cy={y} r="5" />
              <circle class="dumbbell-new" cx={x(now)} cy={y} r="5" />
              <text class="shape" x={width} y={y + 4} text-anchor="end">
                {now === recorded ? 'as it was' : `${now > recorded ? '+' : '−'}${number(Math.abs(now - recorded))}`}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
