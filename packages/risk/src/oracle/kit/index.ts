export { breakerCourses } from './breaker-courses'
export { alike, type Course, type CourseIndex, type CourseRound, from, quotesOf, textOf, timeOf } from './courses'
export { incidents } from './incidents'
export { indexCourses } from './index-courses'
