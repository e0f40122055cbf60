export type { Bug } from './bug'
export { bugNamed, bugs } from './catalogue'
export { bugTable, caughtAfter, infested } from './table'
