import { bugs, caughtAfter } from './index'

describe('a planted bug is caught in time', () => {
  it.each(bugs.map((bug) => [bug.mistake, bug] as const))(
    '%s',
    async (_, bug) => {
      expect(await caughtAfter(bug)).toBeDefined()
    },
    300_000,
  )
})
