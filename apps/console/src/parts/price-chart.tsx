import { lastUpTo } from '../draw/nearest'
import { stepLine } from '../draw/steps'
import { short } from '../draw/ticks'
import { timeOf } from '../model/course'
import { exactly, pixelsOf } from '../say/amounts'
import { clock } from '../say/times'
import { across, Frame, Here, upwards } from './frame'
import { useWidth } from './width'

const height = 150

/** A price, and when it was that. */
interface Priced {
  readonly revision: number
  readonly at: string
  readonly price: string
}

/** How one price went, and where it is now. */
export const PriceChart = ({
  name,
  rows,
  revision,
}: {
  readonly name: string
  readonly rows: readonly Priced[]
  readonly revision: number
}) => {
  const { ref, width } = useWidth(400)
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined || rows.length < 2)
    return (
      <div ref={ref}>
        <p class="dim">Nothing to draw yet.</p>
      </div>
    )
  const values = rows.map(({ price }) => pixelsOf(price))
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = Math.max((most - least) / 12, most / 1000)
  const x = across(timeOf(first), timeOf(last), width)
  const y = upwards(least - room, most + room, height)
  const here = lastUpTo(rows, (row) => row.revision, revision) ?? first
  const [from, now] = [exactly(first.price), exactly(here.price)]
  return (
    <div ref={ref}>
      <Frame
        summary={`${name} was ${from} at ${clock(first.at)} and ${now} at ${clock(here.at)}.`}
        {...{ width, height, x, y }}
        sayY={short}
        data={{ 'data-of': name, 'data-rows': rows.length, 'data-price': here.price }}
      >
        <path
          class="price"
          d={stepLine(
            rows.map((row, i) => ({ x: x(timeOf(row)), y: y(values[i] ?? 0) })),
            x(timeOf(last)),
          )}
        />
        <Here {...{ x, y }} at={timeOf(here)} />
      </Frame>
    </div>
  )
}
