import { apart, eyes } from '../kit/colours'
import { textIn } from '../kit/files'

const statuses = ['well', 'watched', 'danger', 'short'] as const

/** The colour of a token in a theme, as the style says it. */
const colourOf = (name: string, theme: 'light' | 'dark'): string => {
  const [, light, dark] =
    new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(
      textIn('apps/console/src/style/tokens.css'),
    ) ?? []
  const colour = theme === 'light' ? light : dark
  if (colour === undefined) throw new Error(`there is no colour --${name}`)
  return colour
}

const pairs = statuses.flatMap((one, i) => statuses.slice(i + 1).map((other) => [one, other] as const))

describe.each(['light', 'dark'] as const)('the colours of statuses, %s', (theme) => {
  it.each(Object.keys(eyes) as (keyof typeof eyes)[])('stay apart to eyes with %s', (eye) => {
    const near = pairs
      .map(([one, other]) => ({
        pair: `${one} and ${other}`,
        apart: apart(eye, colourOf(one, theme), colourOf(other, theme)),
      }))
      .filter(({ apart: far }) => far < 18)
    expect(near).toEqual([])
  })
})

it('two colours that only some eyes tell apart are known to be such', () => {
  const told = (eye: keyof typeof eyes): number => apart(eye, '#8a5a00', '#b23a0e')
  expect(told('all cones')).toBeGreaterThan(30)
  expect(told('deuteranopia')).toBeLessThan(5)
})
