import { equals } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { agesFrom, isStopped } from './halted'
import type { Asset, Instrument, Pool } from './pool'
import { timingOf } from './timing'
import { final, unknown, type Wear, wearAt } from './wear'

type Priced = Instrument | Asset

/** When trading in it ends; of an asset, never. */
const endOf = (priced: Priced): Millis =>
  priced.kind === 'asset' ? Number.POSITIVE_INFINITY : (priced.expiry ?? Number.POSITIVE_INFINITY)

const isOpen = (priced: Priced, at: Millis): boolean =>
  at < endOf(priced) && !isStopped(priced) && (priced.kind === 'asset' || !(priced.expired || priced.settled))

/** Keeps up how far each price has worn, and what can be dealt in, as ledger time goes on, or is taken back. */
export class Wearing {
  /** Nothing changes by time alone from `#from` on, and before `#until`. */
  #from = Number.POSITIVE_INFINITY
  #until = Number.NEGATIVE_INFINITY

  constructor(
    readonly pool: Pool,
    /** Hears of whatever has worn further, or no longer so far, and of what opens or closes. */
    readonly worn: (priced: Priced) => void,
  ) {}

  /** Ledger time, or how fast prices wear, has changed. */
  follow(isChanged = false): void {
    const { at, instruments, assets } = this.pool
    if (!isChanged && at >= this.#from && at < this.#until) return
    this.#from = Number.NEGATIVE_INFINITY
    this.#until = Number.POSITIVE_INFINITY
    for (const instrument of instruments.values()) this.note(instrument)
    for (const asset of assets.values()) this.note(asset)
  }

  /** A price has come, or was taken back; or a market has closed. */
  note(priced: Priced): void {
    const { at } = this.pool
    const wear = this.#wearOf(priced)
    const end = endOf(priced)
    this.#from = Math.max(this.#from, wear.from, at < end ? Number.NEGATIVE_INFINITY : end)
    this.#until = Math.min(this.#until, wear.until, at < end ? end : Number.POSITIVE_INFINITY)
    const { stand } = priced
    const live = wear.step === 0 && wear !== unknown && isOpen(priced, at)
    const isSame = equals(stand.wear.share, wear.share) && stand.live === live
    stand.wear = wear
    stand.live = live
    if (isSame) return
    stand.shaken = true
    this.worn(priced)
  }

  #wearOf(priced: Priced): Wear {
    const { at } = this.pool
    if (priced.price === undefined) return unknown
    if (priced.kind !== 'asset' && priced.fixed) return final
    const timing = timingOf(this.pool, priced)
    return wearAt(agesFrom(priced, priced.price, timing), at, timing)
  }
}
