import { breakerCourses } from './kit/breaker-courses'
import type { Course } from './kit/courses'
import { incidents } from './kit/incidents'
import { indexCourses } from './kit/index-courses'
import { playCourse } from './kit/play'

/** What nobody may take is for the ledger to say: here it is a round like any other. */
const asPlayed = ({ rounds }: Course): readonly (readonly string[])[] => rounds.map(({ expect: words }) => words)

describe('a round of an index', () => {
  it.each([...indexCourses, ...breakerCourses].map((course) => [course.name, course] as const))(
    'comes to what it must: %s',
    (_, course) => expect(playCourse(course)).toEqual(asPlayed(course)),
  )
})

describe('what happened to others', () => {
  it.each(incidents.map((course) => [course.name, course] as const))('comes to this here: %s', (_, course) =>
    expect(playCourse(course)).toEqual(asPlayed(course)),
  )
})
