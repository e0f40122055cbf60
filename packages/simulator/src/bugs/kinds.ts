import type { Fault } from '../engine/weather'
import type { Trait } from '../load/traits'
import type { Parts } from '../mesh/parts'
import type { Bug } from './bug'

type Make = (name: string, mistake: string, parts: Parts, within: number, ...traits: readonly Trait[]) => Bug

const bugOf =
  (again: boolean): Make =>
  (name, mistake, parts, within, ...traits) => ({
    name,
    mistake,
    parts,
    again,
    within,
    ...(traits.length === 0 ? {} : { traits }),
  })

/** Wrong traffic between services, store and bus. */
export const traffic = bugOf(true)

/** A wrong rule: the laws must find it without deciding again by the right ones. */
export const rule = bugOf(false)

/** In worlds where this goes wrong, as much of it as there ever does, and nothing else. */
export const amid = (bug: Bug, ...faults: readonly Fault[]): Bug => ({ ...bug, faults })

/** In worlds without faults. */
export const inCalm = (bug: Bug): Bug => amid(bug)

/** In worlds without any trait. */
export const inPlain = (bug: Bug): Bug => ({ ...bug, traits: [] })
