import { type Pool, statementOf } from '@novation/clearing'
import { decimal, format, subtract } from '@novation/decimal'
import { type LedgerEvent, type Millis, parseTime } from '@novation/events'

/** Whom something happened to, in a history. */
export interface Tally {
  readonly called: Set<string>
  readonly missed: Set<string>
  readonly liquidated: Set<string>
  readonly deleveraged: Set<string>
  readonly haircut: Set<string>
  /** Accounts whose loss went down the waterfall, by whichever layer. */
  readonly defaulted: Set<string>
  /** When the pool was frozen and thawed, in turns. */
  readonly freezes: { readonly frozen: boolean; readonly at: Millis }[]
  events: number
}

export const newTally = (): Tally => ({
  called: new Set(),
  missed: new Set(),
  liquidated: new Set(),
  deleveraged: new Set(),
  haircut: new Set(),
  defaulted: new Set(),
  freezes: [],
  events: 0,
})

/** Counts what happened in. `deleveraged` are those of whose positions something was closed for another's default. */
export const tallyUp = (tally: Tally, events: readonly LedgerEvent[]): void => {
  for (const { type, data, at } of events) {
    tally.events += 1
    if (type === 'MarginCall') tally.called.add(data.account)
    if (type === 'MarginCallMissed') tally.missed.add(data.account)
    if (type === 'LiquidationStarted') tally.liquidated.add(data.account)
    if (type === 'Deleveraged') tally.deleveraged.add(data.counterparty)
    if (type === 'LossSocialized') for (const { account } of data.taken) tally.haircut.add(account)
    if (type === 'LossSocialized') for (const { account } of data.given) tally.defaulted.add(account)
    if (type === 'InsuranceDrawn') tally.defaulted.add(data.defaulter)
    if (type === 'PoolFrozen' || type === 'PoolThawed')
      tally.freezes.push({ frozen: type === 'PoolFrozen', at: parseTime(at) })
  }
}

/** What a history came to: accounts by what happened to them, in order of id, and what each layer paid meanwhile. */
export interface Outcome {
  readonly called: readonly string[]
  /** Whose call was not met in time. */
  readonly missed: readonly string[]
  readonly liquidated: readonly string[]
  readonly deleveraged: readonly string[]
  readonly haircut: readonly string[]
  readonly defaulted: readonly string[]
  readonly losses: {
    readonly skinInTheGame: string
    readonly insurance: string
    readonly socialized: string
    /** What no layer has paid at the end. */
    readonly uncovered: string
  }
  /** For how long of ledger time the pool was frozen. */
  readonly frozen_s: number
  readonly solvent: boolean
  readonly events: number
}

/** What is kept of the pool as the comparison began. */
export type Beginning = Pick<Pool, 'frozen' | 'at' | 'losses'>

export const beginningOf = ({ frozen, at, losses }: Pool): Beginning => ({ frozen, at, losses })

/** Between two turns the pool is as the first of them left it; it began as `before` was, and ends with `after`. */
const frozenFor = (freezes: Tally['freezes'], before: Beginning, after: Pool): Millis => {
  const turns = [{ frozen: before.frozen, at: before.at }, ...freezes]
  return turns.reduce((sum, { frozen, at }, turn) => sum + (frozen ? (turns[turn + 1]?.at ?? after.at) - at : 0), 0)
}

/** `before` is the pool as the comparison began: what its layers had paid by then is nobody's doing here. */
export const outcomeOf = (tally: Tally, before: Beginning, after: Pool): Outcome => {
  const { losses, solvent } = statementOf(after)
  const since = (layer: 'skinInTheGame' | 'insurance' | 'socialized'): string =>
    format(subtract(decimal(losses[layer]), before.losses[layer]))
  return {
    called: [...tally.called].sort(),
    missed: [...tally.missed].sort(),
    liquidated: [...tally.liquidated].sort(),
    deleveraged: [...tally.deleveraged].sort(),
    haircut: [...tally.haircut].sort(),
    defaulted: [...tally.defaulted].sort(),
    losses: {
      skinInTheGame: since('skinInTheGame'),
      insurance: since('insurance'),
      socialized: since('socialized'),
      uncovered: losses.uncovered,
    },
    frozen_s: frozenFor(tally.freezes, before, after) / 1000,
    solvent,
    events: tally.events,
  }
}
