import type { Fault } from '../engine/weather'
import type { Trait } from '../load/traits'
import type { Parts } from '../mesh/parts'

/** A mistake on purpose: parts of the mesh put in the place of the product's. The simulator must find it. */
export interface Bug {
  readonly name: string
  /** What is wrong, as a sentence of the table. */
  readonly mistake: string
  readonly parts: Parts
  /** Off where a rule is wrong: the laws must find it without deciding again by the right rules. */
  readonly again: boolean
  /** The worlds it is looked for in; as the seeds draw them where left out. */
  readonly traits?: readonly Trait[]
  /** What goes wrong in them, as much of it as there ever does; as the seeds draw it where left out. */
  readonly faults?: readonly Fault[]
  /** So many seeds at most, from the first, until it is caught. */
  readonly within: number
}
