import { emptyPool, evolveForReading } from '@novation/clearing'
import { add, type Decimal, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import { readEvent } from '../decoded'
import { isAfter, isBefore, start } from '../place'
import { type History, walk } from '../walk'
import type { Disclosure } from './figure'
import { figuresOf } from './figures'
import { recordedMoves } from './moves'
import { backtest, type DisclosureOptions, nothing, observe } from './observed'
import { recordedStress } from './recorded-stress'
import { type Sample, sampleOf } from './sample'
import { extend, extendByZeros } from './series'
import { realisedBy, variationPaid } from './variation'

const worths = ({ accounts }: Sample): ReadonlyMap<string, Decimal> =>
  new Map(accounts.map(({ id, worth }) => [id, worth]))

const dayOf = (at: number): number => Math.floor(at / 86_400_000)

/**
 * The public quantitative disclosure figures (CPMI-IOSCO, 2015) that a ledger can answer, over the events between two
 * places, both inclusive. Nothing where there is none, or where it was interrupted.
 */
export const disclosure = async (history: History, options: DisclosureOptions): Promise<Disclosure | undefined> => {
  const { from = start, to, interval_s } = options
  const moves = recordedMoves(interval_s * 1000)
  const pool = emptyPool(options.pool)
  let so = nothing
  let last: Sample | undefined
  let day: { readonly number: number; readonly worth: ReadonlyMap<string, Decimal> } | undefined
  let realised = new Map<string, Decimal>()
  let slot: number | undefined
  let first: LedgerEvent | undefined
  /** Whether the last interval is known to be over: the history went on in a later one. */
  let isOver = false
  const slotOf = (at: number): number => Math.floor(at / (interval_s * 1000))

  /** Of an option nobody tells a price: it has the mark that follows from what was told. */
  const priceOf = (name: string): Decimal | undefined => moves.priceOf(name) ?? pool.instruments.get(name)?.price?.value

  /** Looks at everybody. At the end of an interval, what was held as it began is held against what it came to. */
  const look = (isOver: boolean): void => {
    if (isOver && last !== undefined) so = backtest(so, last, priceOf)
    last = sampleOf(pool)
    so = observe(so, last, options.stress)
  }
  /** Ends the day of what has been read, and begins the day `number`. */
  const turnDay = (number: number): void => {
    const worth = worths(sampleOf(pool))
    if (day !== undefined) {
      const idle = Number.isNaN(number) ? 0 : number - day.number - 1
      const paid = extend(so.variation, variationPaid(day.worth, worth, realised))
      so = { ...so, variation: extendByZeros(paid, idle) }
    }
    realised = new Map()
    day = { number, worth }
  }
  const turn = (at: number): void => {
    const next = slotOf(at)
    if (slot !== undefined && next !== slot) look(true)
    slot = next
    if (day?.number !== dayOf(at)) turnDay(dayOf(at))
  }

  const how = await walk(
    history,
    (stored) => {
      const event = readEvent(stored)
      if (isAfter(to, event)) {
        isOver = slotOf(Date.parse(event.at)) !== slot
        return false
      }
      if (!isBefore(from, event)) {
        first ??= event
        turn(Date.parse(event.at))
        for (const [id, amount] of realisedBy(event, pool.settlementAsset ?? ''))
          realised.set(id, add(realised.get(id) ?? zero, amount))
      }
      moves.read(event)
      void evolveForReading(pool, event)
      return true
    },
    options,
  )
  if (first === undefined || how === 'interrupted') return undefined
  look(isOver)
  turnDay(Number.NaN)
  const begun = { revision: first.revision, at: first.at }
  return figuresOf(pool, so, { ...options, first: begun, recorded: recordedStress(pool, moves) })
}
