import { zero } from '@novation/decimal'
import { DueTimes } from './due-times'
import type { Duty } from './follow-up'
import { KeptHealths } from './kept-healths'
import type { Account, AccountStand, InstrumentStand, Standing } from './pool'
import type { AssetStand, PriceStand } from './price-stand'
import { unknown } from './wear'

export const duties: readonly Duty[] = [
  'call',
  'closeCall',
  'callDebit',
  'closeDebit',
  'start',
  'end',
  'backstop',
  'deleverage',
  'closeOut',
  'owing',
]

/** The same as the book and its judge have it. */
export interface KeptStanding extends Standing {
  readonly duties: Readonly<Record<Duty, Set<string>>>
  readonly bankrupt: Set<string>
  readonly turned: Set<string>
  /** Whether the backstop had capital to bid with when it was last judged. */
  backstopStands: boolean
}

export const newStanding = (): KeptStanding => ({
  duties: Object.fromEntries(duties.map((duty) => [duty, new Set<string>()])) as Record<Duty, Set<string>>,
  bankrupt: new Set(),
  turned: new Set(),
  lacking: { sum: zero, below: zero, isOld: false, drift: 0, rounding: 0 },
  changes: { priceMoves: 0, isRead: false, accounts: [] },
  judged: { from: 0, ids: [] },
  backstopStands: false,
  due: new DueTimes(),
  healths: new KeptHealths(),
  markets: { changed: 0, of: new Map() },
})

/** Of an account that follows nothing. Not frozen: a loop that meets frozen lists among others makes an object at each step. */
const none: readonly never[] = []

export const newAccountStand = (changed: number): AccountStand => ({
  changed,
  touched: false,
  health: undefined,
  workedOut: -1,
  mask: 0,
  overAt: undefined,
  notOverBefore: undefined,
  lacked: undefined,
  axes: none,
  places: none,
})

const newPriceStand = (changed: number): PriceStand<Account> => ({
  changed,
  moved: false,
  shaken: false,
  wear: unknown,
  live: false,
  axis: undefined,
  slow: undefined,
})

export const newAssetStand = (changed: number): AssetStand<Account> => ({
  ...newPriceStand(changed),
  cut: zero,
  leastCut: zero,
})

export const newInstrumentStand = (changed: number): InstrumentStand => ({
  ...newPriceStand(changed),
  funding: undefined,
  basis: undefined,
  longs: undefined,
  shorts: undefined,
})
