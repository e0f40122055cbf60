import type { Fault } from '../engine/weather'
import type { Trait } from '../load/traits'
import type { Parts } from '../mesh/parts'
import type { Bug } from './bug'

/** Wrong traffic between services, store and bus. */
export const traffic = (
  name: string,
  mistake: string,
  parts: Parts,
  within: number,
  ...traits: readonly Trait[]
): Bug => ({
  name,
  mistake,
  parts,
  again: true,
  within,
  ...(traits.length === 0 ? {} : { traits }),
})

/** A wrong rule: the laws must find it without deciding again by the right ones. */
export const rule = (
  name: string,
  mistake: string,
  parts: Parts,
  within: number,
  ...traits: readonly Trait[]
): Bug => ({
  name,
  mistake,
  parts,
  again: false,
  within,
  ...(traits.length === 0 ? {} : { traits }),
})

/** In worlds where this goes wrong, as much of it as there ever does, and nothing else. */
export const amid = (bug: Bug, ...faults: readonly Fault[]): Bug => ({ ...bug, faults })

/** In worlds without faults. */
export const inCalm = (bug: Bug): Bug => amid(bug)

/** In worlds without any trait. */
export const inPlain = (bug: Bug): Bug => ({ ...bug, traits: [] })
