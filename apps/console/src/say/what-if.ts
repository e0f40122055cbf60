/** What happened in one history. */
export interface Told {
  readonly called: readonly string[]
  readonly missed: readonly string[]
  readonly liquidated: readonly string[]
  readonly defaulted: readonly string[]
  readonly deleveraged: readonly string[]
  readonly haircut: readonly string[]
  readonly losses: { readonly skinInTheGame: string; readonly insurance: string; readonly socialized: string }
  readonly frozen_s: number
  readonly events: number
}

/** The same commands decided twice: as they were, and under other parameters. */
export interface WhatIf {
  readonly from: number
  readonly to: number
  readonly commands: number
  readonly recorded: Told
  readonly new: Told
  readonly refused: { readonly count: number }
  readonly newlyAccepted: { readonly count: number }
}

const groups = [
  ['called', 'called'],
  ['missed', 'missed the deadline'],
  ['liquidated', 'liquidated'],
  ['defaulted', 'defaulted'],
  ['deleveraged', 'deleveraged'],
  ['haircut', 'haircut'],
] as const

/** How many it happened to, then and now. */
export interface Hurt {
  readonly name: string
  readonly recorded: number
  readonly now: number
}

export const hurtIn = ({ recorded, new: now }: WhatIf): readonly Hurt[] =>
  groups.map(([of, name]) => ({ name, recorded: recorded[of].length, now: now[of].length }))

/** Who is liquidated in one history and not in the other. */
export const onlyIn = (one: Told, other: Told): readonly string[] => {
  const there = new Set(other.liquidated)
  return one.liquidated.filter((account) => !there.has(account))
}
