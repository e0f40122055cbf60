import { commandTypes, eventTypes } from '../schema/documents'
import { currentVersion } from '../upcast'
import { goldenCommand, goldenEvent } from './seal'

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/**
 * What the golden files of today's versions would be, by their path below `golden/`. They are written once, when a
 * version is new; a file that stands is never written again, for the ledgers of its time are not either.
 */
export const newGoldens = (): ReadonlyMap<string, string> =>
  new Map([
    ...commandTypes.map((type) => [`commands/${type}.json`, text(goldenCommand(type))] as const),
    ...eventTypes.map(
      (type, revision) => [`${type}.v${currentVersion(type)}.json`, text(goldenEvent(type, revision))] as const,
    ),
  ])
