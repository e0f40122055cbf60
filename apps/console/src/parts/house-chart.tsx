import { stepArea, stepLine } from '../draw/steps'
import { short } from '../draw/ticks'
import { type Part, type Row, timeOf } from '../model/course'
import { compare, pixelsOf, readable } from '../say/amounts'
import { count } from '../say/counts'
import { clock } from '../say/times'
import { Around } from './around'
import { across, Frame, Here, upwards } from './frame'

const height = 250
/** What is shown of the course: so many rows on either side of the moment. */
const around = 60

const said = (rows: readonly Row[], here: Row): string => {
  const span = `From ${clock(rows[0]?.at ?? here.at)} to ${clock(rows.at(-1)?.at ?? here.at)}`
  const short = rows.filter(({ deficits, prefunded }) => compare(deficits, prefunded) > 0).length
  const now = `at ${clock(here.at)} they lacked ${readable(here.deficits)} and the layers held ${readable(here.prefunded)}.`
  return short === 0
    ? `${span} the layers held more than accounts lacked; ${now}`
    : `${span} accounts lacked more than the layers held at ${count(short, 'moment')}; ${now}`
}

const Drawn = ({ part, width }: { readonly part: Part<Row>; readonly width: number }) => {
  const { rows, first, last, here } = part
  const figures = rows.map((row) => ({ row, prefunded: pixelsOf(row.prefunded), deficits: pixelsOf(row.deficits) }))
  const most = Math.max(1, ...figures.flatMap(({ prefunded, deficits }) => [prefunded, deficits]))
  const x = across(timeOf(first), timeOf(last), width)
  const y = upwards(0, most, height).nice(4)
  const points = (of: 'prefunded' | 'deficits') =>
    figures.map((figure) => ({ x: x(timeOf(figure.row)), y: y(figure[of]) }))
  const [prefunded, deficits] = [points('prefunded'), points('deficits')]
  const end = x(timeOf(last))
  return (
    <>
      <Frame
        summary={said(rows, here)}
        {...{ width, height, x, y }}
        sayY={short}
        data={{
          'data-rows': rows.length,
          'data-prefunded': here.prefunded,
          'data-deficits': here.deficits,
          'data-most': most,
        }}
      >
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-ground" width="6" height="6" />
            <path class="hatch-line" d="M0,0V6" />
          </pattern>
        </defs>
        <path class="deficits-area" d={stepArea(deficits, end, y(0))} />
        <path class="prefunded-area" d={stepArea(prefunded, end, y(0))} />
        <path class="prefunded" d={stepLine(prefunded, end)} />
        <path class="deficits" d={stepLine(deficits, end)} />
        <Here {...{ x, y }} at={timeOf(here)} />
      </Frame>
      <p class="dim mark">
        <span class="short">▬</span> what accounts below zero lack <span class="accent">▬</span> what the layers hold
      </p>
    </>
  )
}

/** Deficits of accounts below zero against what the layers hold: what stands above is hatched, and is what is short. */
export const HouseChart = ({ rows, revision }: { readonly rows: readonly Row[]; readonly revision: number }) => (
  <Around {...{ rows, revision }} most={around} wide={560}>
    {(part, width) => <Drawn {...{ part, width }} />}
  </Around>
)
