import type { Pool } from '@novation/clearing'
import { formatTime } from '@novation/events'
import { type Moved, openCourse } from './course'

/** A pool at so many seconds, of which nothing else matters here. */
const at = (second: number): Pool => ({ revision: second, at: second * 1000 }) as Pool

const every = { rowOf: ({ revision, at: time }: Pool): Moved => ({ revision, at: time }), isAsBefore: () => false }

describe('a course that is longer than is kept', () => {
  it('is coarser in its older half, and whole in its newer one', () => {
    const course = openCourse(every)
    for (let second = 1; second <= 20_001; second += 1) course.leaves(at(second), formatTime((second + 1) * 1000))
    const kept = course.past().map(({ revision }) => revision)
    expect(kept.filter((revision) => revision > 10_000)).toEqual(Array.from({ length: 10_001 }, (_, i) => 10_001 + i))
    expect(kept.filter((revision) => revision <= 10_000)).toEqual(Array.from({ length: 5_000 }, (_, i) => 2 * (i + 1)))
  })
})
