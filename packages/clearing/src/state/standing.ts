import { type Decimal, zero } from '@novation/decimal'
import { Set as Names, Map as Table } from 'immutable'

/** At which buckets of one price which accounts must be judged again; until then their status cannot change. */
export interface Triggers {
  /** The bucket of the price at which the triggers were last looked at. */
  readonly bucket: number
  readonly falling: Table<number, Names<string>>
  readonly rising: Table<number, Names<string>>
  readonly placed: Table<string, { readonly falling: number; readonly rising: number }>
}

/** What the state asks somebody to do. Each name is an account. */
export type Duty = 'call' | 'closeCall' | 'start' | 'end' | 'restart' | 'backstop' | 'deleverage' | 'owing'

/**
 * Who stands where at the present marks, kept up by `judge`. Derived from the rest of the pool: it may be thrown
 * away and made again at any time, so it is no part of the state hash.
 */
export interface Standing {
  readonly duties: Readonly<Record<Duty, Names<string>>>
  /** Every account with equity below zero, and what it lacks to its maintenance margin; `shortfall` is the sum. */
  readonly bankrupt: Table<string, Decimal>
  readonly shortfall: Decimal
  readonly triggers: Table<string, Triggers>
  /** Accounts changed, and prices moved, since the last judgement. */
  readonly touched: Names<string>
  readonly moved: Names<string>
  /** Instruments all of whose holders must be judged again, whatever the price. */
  readonly shaken: Names<string>
}

const nobody = Names<string>()

export const noStanding: Standing = {
  duties: {
    call: nobody,
    closeCall: nobody,
    start: nobody,
    end: nobody,
    restart: nobody,
    backstop: nobody,
    deleverage: nobody,
    owing: nobody,
  },
  bankrupt: Table(),
  shortfall: zero,
  triggers: Table(),
  touched: nobody,
  moved: nobody,
  shaken: nobody,
}
