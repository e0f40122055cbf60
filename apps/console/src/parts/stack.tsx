import { pixelsOf } from '../say/amounts'

/** What pays, or does not, by its colour. */
export type Layer = 'skin-in-the-game' | 'fund' | 'lacked'

/** What several paid, side by side, as parts of the most that is drawn beside it. */
export const Stack = ({
  of,
  most,
}: {
  readonly of: readonly (readonly [layer: Layer, amount: string])[]
  readonly most: number
}) => {
  const wide = of.map(([, amount]) => (100 * pixelsOf(amount)) / most)
  return (
    <svg
      class="parts"
      viewBox="0 0 100 10"
      height="10"
      preserveAspectRatio="none"
      aria-hidden="true"
      data-parts={of.map(([layer, amount]) => `${layer} ${amount}`).join(', ')}
    >
      {of.map(([layer], i) => (
        <rect
          key={layer}
          class={`layer ${layer}`}
          x={wide.slice(0, i).reduce((sum, each) => sum + each, 0)}
          width={wide[i] ?? 0}
          height="10"
        />
      ))}
    </svg>
  )
}
