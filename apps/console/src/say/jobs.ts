import type { Item } from '@novation/client'
import { number } from './counts'

export type Job = Item<'jobs'>

const kinds: Readonly<Record<string, string>> = {
  explain: 'why something is so',
  diff: 'what changed',
  'what-if': 'what would have been',
  verify: 'whether the ledger is sound',
  export: 'what the ledger holds, as a file',
  disclosure: 'the disclosure figures',
}

/** What is worked out, in words. */
export const wanted = ({ asked }: Pick<Job, 'asked'>): string => kinds[asked.kind] ?? asked.kind

/** What more was asked: `from 7, to 12`. Parameters of a what-if are told by the page of that. */
export const details = ({ asked }: Pick<Job, 'asked'>): string =>
  Object.entries(asked)
    .filter(([name, value]) => name !== 'kind' && typeof value !== 'object')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')

export const isOver = ({ state }: Pick<Job, 'state'>): boolean => state !== 'waiting' && state !== 'running'

/** The shape and the tone of how a job stands. */
export const markOf = ({ state }: Pick<Job, 'state'>): readonly [string, string] => {
  if (state === 'done') return ['✓', 'well']
  if (state === 'waiting' || state === 'running') return ['◐', 'watched']
  return state === 'stopped' ? ['–', 'dim'] : ['✕', 'short']
}

/** How far it has come, where it is under way; why nothing came of it. */
export const courseOf = ({ state, progress, why }: Pick<Job, 'state' | 'progress' | 'why'>): string => {
  if (state === 'running' && progress !== undefined)
    return `running: ${number(progress.done)} of ${number(progress.total)} events`
  return why === undefined ? state : `${state}: ${why.detail}`
}

/** How much came of it: `12.3 KB`. */
export const sizeOf = (bytes: number): string => {
  if (bytes < 1_000) return `${bytes} bytes`
  const [divisor, unit] = bytes < 1_000_000 ? [1_000, 'KB'] : [1_000_000, 'MB']
  return `${(bytes / divisor).toFixed(1)} ${unit}`
}
