import { scaleLinear } from 'd3-scale'
import { useMemo } from 'preact/hooks'
import { lastUpTo } from '../draw/nearest'
import { spansOf, stepLine } from '../draw/steps'
import { timeTicks } from '../draw/ticks'
import { type Row, timeOf } from '../model/course'
import { answerTo, goTo, head, leading, revision, telling } from '../model/session'
import { pixelsOf } from '../say/amounts'
import { number } from '../say/counts'
import { moment } from '../say/times'
import type { Scale } from './frame'
import { useWidth } from './width'

const height = 44
const bottom = 28

/** Half of a time of day that is written under the strip, in pixels: none is cut off at its ends. */
const halfWord = 18
const inside = (at: number, width: number): number => Math.min(Math.max(at, halfWord), width - halfWord)

/** The revision that a place on the strip is of. */
const revisionAt = (rows: readonly Row[], time: number): number | undefined => lastUpTo(rows, timeOf, time)?.revision

const mostOpen = (rows: readonly Row[]): number => Math.max(1, ...rows.map(({ liquidations }) => liquidations))

/** The course as it is drawn, wherever in it somebody is. */
const pictureOf = (rows: readonly Row[], name: string, x: Scale, width: number) => {
  const [first, last] = x.domain() as [number, number]
  const priced = rows.flatMap((row) => {
    const price = row.prices[name]
    return price === undefined ? [] : [{ x: x(timeOf(row)), price: pixelsOf(price) }]
  })
  const values = priced.map(({ price }) => price)
  const y = scaleLinear()
    .domain(values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)])
    .range([bottom - 2, 3])
  const most = mostOpen(rows)
  return (
    <>
      <rect class="strip-ground" width={width} height={bottom} />
      {spansOf(rows, timeOf, ({ frozen }) => frozen, last).map(({ from, to }) => (
        <rect key={from} class="frozen" x={x(from)} y={0} width={Math.max(1, x(to) - x(from))} height={bottom} />
      ))}
      <path
        class="auctions"
        d={rows
          .filter(({ liquidations }) => liquidations > 0)
          .map((row) => {
            const high = (bottom - 4) * Math.sqrt(row.liquidations / most)
            return `M${x(timeOf(row)).toFixed(1)},${bottom}v${(-high).toFixed(1)}`
          })
          .join('')}
      />
      <path
        class="price"
        d={stepLine(
          priced.map((point) => ({ x: point.x, y: y(point.price) })),
          width,
        )}
      />
      <path class="axis" d={`M0,${bottom}H${width}`} />
      {timeTicks(first, last, width).map(({ at: time, text }) => (
        <text key={time} x={inside(x(time), width)} y={height - 3} text-anchor="middle">
          {text}
        </text>
      ))}
    </>
  )
}

const Drawn = ({ rows, width }: { readonly rows: readonly Row[]; readonly width: number }) => {
  const [first, last] = [rows[0], rows.at(-1)]
  const name = leading.value ?? ''
  const [from, to] = [first, last].map((row) => (row === undefined ? 0 : timeOf(row))) as [number, number]
  const x = scaleLinear().domain([from, to]).range([0, width])
  const picture = useMemo(() => pictureOf(rows, name, x, width), [rows, name, width])
  if (first === undefined || last === undefined) return null
  const here = lastUpTo(rows, (row) => row.revision, revision.value ?? last.revision)
  const at = here === undefined ? width : x(timeOf(here))
  const goToPixel = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const time = x.invert(((event.clientX - box.left) / box.width) * width)
    goTo(event.clientX >= box.right - 2 ? undefined : revisionAt(rows, time))
  }
  const step = (event: KeyboardEvent): void => {
    const now = revision.value
    if (now === undefined || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    event.preventDefault()
    const by = event.shiftKey ? 100 : 1
    goTo(event.key === 'ArrowLeft' ? now - by : now + by)
  }
  return (
    <div
      class="strip"
      role="slider"
      tabIndex={0}
      aria-label={`History: price of ${name}, open auctions, and when the pool was frozen. Arrows step by one event, with Shift by a hundred.`}
      aria-valuemin={0}
      aria-valuemax={head.value?.revision ?? last.revision}
      aria-valuenow={revision.value ?? last.revision}
      aria-valuetext={`revision ${number(revision.value ?? 0)}`}
      data-rows={rows.length}
      data-most-auctions={mostOpen(rows)}
      onPointerDown={(event: PointerEvent) => {
        ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
        goToPixel(event)
      }}
      onPointerMove={(event: PointerEvent) => {
        if (event.buttons === 1) goToPixel(event)
      }}
      onKeyDown={step}
    >
      <svg viewBox={`0 0 ${width} ${height}`} height={height} aria-hidden="true">
        {picture}
        <path class="here" d={`M${at.toFixed(1)},0V${bottom}`} />
        <circle class="here-knob" cx={at} cy="4" r="4" />
      </svg>
    </div>
  )
}

/** The course of the pool on every page: whoever drags goes through it. */
export const Strip = () => {
  const { ref, width } = useWidth(1000)
  const rows = telling.value
  return (
    <div ref={ref}>
      {rows.length < 2 ? (
        <p class="dim">
          Whatever has happened so far has happened at one time: the course of the pool is drawn once there are two.
        </p>
      ) : (
        <Drawn rows={rows} width={width} />
      )}
    </div>
  )
}

/** Which moment is looked at: its ledger time, its revision, and how many there are. */
export const Moment = () => {
  const [now, { data }] = [head.value, answerTo('summary', {})]
  if (now === undefined) return null
  return (
    <span>
      <span class="moment">{data === undefined ? '…' : `${moment(data.at)} UTC`}</span>{' '}
      <span class="dim">revision</span> <span class="mono">{number(revision.value ?? 0)}</span>{' '}
      <span class="dim">of</span> <span class="mono">{number(now.revision)}</span>
    </span>
  )
}
