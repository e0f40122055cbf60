import type { Wish } from './channels'
import type { Connection } from './connection'
import { LogCohort, type LogReader } from './log-cohort'
import type { Wire } from './wire'

const wish: Wish = { channels: ['calls'], filter: { types: [], accounts: [] }, own: undefined }
const standing = (revision: number) => ({ revision, hash: `h${revision}`, at: '2026-04-07T14:30:00.000Z' })

const reader = (previous: number | undefined): LogReader => ({
  connection: {} as Connection,
  wish,
  word: undefined,
  next: 0,
  last: undefined,
  previous,
  isOver: false,
})

describe('whoever leaves those who are told the same', () => {
  it('goes on from where they are, after the last event that they were told', () => {
    const cohort = new LogCohort('main', {} as Wire, wish, undefined, 8, 0)
    const [first, second] = [reader(3), reader(undefined)]
    cohort.join(first)
    cohort.join(second)
    cohort.leave(second, standing(7))
    expect(second).toMatchObject({ next: 8, previous: 3, last: standing(7) })
    expect(cohort.readers()).toEqual([first])
  })

  it('stays where he is if he was not among them', () => {
    const cohort = new LogCohort('main', {} as Wire, wish, undefined, 8, 0)
    const other = reader(1)
    cohort.leave(other, standing(7))
    expect(other).toMatchObject({ next: 0, previous: 1, last: undefined })
  })
})
