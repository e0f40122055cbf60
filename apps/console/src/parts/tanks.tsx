import type { Answer } from '@novation/client'
import { isZero, pixelsOf, readable } from '../say/amounts'

const names = {
  'skin-in-the-game': ['Skin in the game', 'operator, first'],
  fund: ['Insurance fund', 'pool, second'],
  socialized: ['Haircut', 'of profits, last'],
} as const

type Layer = Answer<'waterfall'>['layers'][number]

const order = ['skin-in-the-game', 'fund', 'socialized'] as const

/** How much of a layer is still there: what it has paid is hatched out of it. */
const Tank = ({ layer, left, paid }: Layer) => {
  const [there, gone] = [pixelsOf(left ?? '0'), pixelsOf(paid)]
  const full = there + gone
  if (left === undefined || full === 0) return <span class="dim">{isZero(paid) ? 'not reached' : 'reached'}</span>
  return (
    <svg viewBox="0 0 100 16" height="16" preserveAspectRatio="none" aria-hidden="true" data-left={left}>
      <rect class="tank-room" width="100" height="16" />
      <rect class={`layer ${layer}`} width={(100 * there) / full} height="16" />
    </svg>
  )
}

const Line = ({ layer }: { readonly layer: Layer }) => {
  const [name, of] = names[layer.layer]
  return (
    <li class="tank">
      <span>
        {name}
        <span class="dim">{of}</span>
      </span>
      <Tank {...layer} />
      <span class="end">
        {layer.left === undefined ? readable(layer.paid) : readable(layer.left)}
        <span class="dim">{layer.left === undefined ? 'paid' : `${readable(layer.paid)} paid`}</span>
      </span>
    </li>
  )
}

/** The layers of the waterfall in the order in which they pay: what each has left, and what it has paid. */
export const Tanks = ({ waterfall }: { readonly waterfall: Answer<'waterfall'> }) => (
  <>
    <ol>
      {order.flatMap((name) => {
        const layer = waterfall.layers.find((one) => one.layer === name)
        return layer === undefined ? [] : [<Line key={name} layer={layer} />]
      })}
    </ol>
    <p class="dim rule-above">
      {isZero(waterfall.uncovered)
        ? 'As things stand nothing reaches those in profit.'
        : `If nobody bids, ${readable(waterfall.uncovered)} reaches those in profit.`}
    </p>
  </>
)
