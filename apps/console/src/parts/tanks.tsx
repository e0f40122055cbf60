import type { Answer } from '@novation/client'
import { isZero, pixelsOf, readable } from '../say/amounts'

const names = {
  'skin-in-the-game': ['Skin in the game', 'of the operator'],
  fund: ['Insurance fund', 'of the pool'],
  socialized: ['Haircut', 'of profits that have not stood'],
} as const

type Layer = Answer<'waterfall'>['layers'][number]

const order = ['skin-in-the-game', 'fund', 'socialized'] as const

const Tank = ({ layer: { layer, left, paid } }: { readonly layer: Layer }) => {
  const [name, of] = names[layer]
  const [there, gone] = [pixelsOf(left ?? '0'), pixelsOf(paid)]
  const full = there + gone
  return (
    <li class="tank">
      <span>{name}</span>
      <span class="end">{left === undefined ? '' : readable(left)}</span>
      <span class="dim">{of}</span>
      <span class="end dim">{isZero(paid) ? 'not reached' : `${readable(paid)} paid`}</span>
      {left === undefined || full === 0 ? null : (
        <svg viewBox="0 0 100 5" height="8" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="5" style={{ fill: 'var(--faint)' }} />
          <rect width={(100 * there) / full} height="5" style={{ fill: 'var(--accent)' }} />
        </svg>
      )}
    </li>
  )
}

/** The layers of the waterfall in the order in which they pay: what each has left, and what it has paid. */
export const Tanks = ({ waterfall }: { readonly waterfall: Answer<'waterfall'> }) => (
  <>
    <ol>
      {order.flatMap((name) => {
        const layer = waterfall.layers.find((one) => one.layer === name)
        return layer === undefined ? [] : [<Tank key={name} layer={layer} />]
      })}
    </ol>
    <p class="dim">
      {isZero(waterfall.uncovered)
        ? 'Nothing would reach those in profit now.'
        : `If nobody bids, ${readable(waterfall.uncovered)} reaches those in profit.`}
    </p>
  </>
)
