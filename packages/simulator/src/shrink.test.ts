import { bugNamed } from './bugs'
import { runWorld } from './mesh/run-world'
import { shrink } from './shrink'

describe('a failing world', () => {
  it('is shrunk to less that fails by the same check, and fails again from what it was shrunk to', async () => {
    const bug = bugNamed('retried-at-once')
    const course = { seed: 2, ...(bug === undefined ? {} : { parts: bug.parts }) }
    const failed = await runWorld(course)
    const least = await shrink(course, failed, 25)
    expect(least.ended.finding?.check).toBe(failed.finding?.check)
    expect(least.ended.sendings.length).toBeLessThan(failed.sendings.length)
    expect((await runWorld(least.course)).finding).toEqual(least.ended.finding)
  }, 120_000)
})
