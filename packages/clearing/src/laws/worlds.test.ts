import fc from 'fast-check'
import type { Plan } from './arbitraries'
import { told, tryWorld } from './worlds'

const trades = ({ actions }: Plan): number => actions.filter((action) => action.do === 'trade').length

/** What the worlds must not do, in the tests of this file: have a trade in them. */
const tradeless = (world: Plan): void => {
  if (trades(world) > 0) throw new Error('somebody trades')
}

describe('a world of a seed', () => {
  const configured = fc.readConfigureGlobal()
  // Making small is what some of these are about, so they want it wherever properties are told to end at once.
  beforeAll(() => fc.configureGlobal({ ...configured, endOnFailure: false }))
  afterAll(() => fc.configureGlobal(configured))

  it('is the same world every time', () => {
    const seen: Plan[] = []
    for (const seed of [7, 8, 7]) tryWorld(seed, (world) => void seen.push(world))
    expect(seen[2]).toEqual(seen[0])
    expect(seen[1]).not.toEqual(seen[0])
  })

  it('in which nothing is broken is no failure', () => expect(tryWorld(7, () => 'all is well')).toBeUndefined())

  it('in which something is broken is made small, and still broken', () => {
    const failure = tryWorld(7, tradeless)
    expect(failure?.why).toBe('somebody trades')
    expect(failure === undefined ? [] : trades(failure.plan)).toBe(1)
  })

  it('is told with the line that shows it again, and in the form in which it is kept', () => {
    const failure = tryWorld(7, tradeless)
    if (failure === undefined) throw new Error('no failure')
    const [why, again, , world = ''] = told(failure).split('\n')
    expect([why, again]).toEqual(['seed 7: somebody trades', 'again: npm run laws -- --seed=7 --worlds=1'])
    const read: unknown = new Function(`return {${world}}`)()
    expect(read).toEqual({ '…': failure.plan })
  })
})
