import { decimal, equals, max, min } from '@novation/decimal'
import { asksForDoubt } from './doubt'
import type { Account, Asset, Holder, Instrument, Owner, Pool } from './pool'
import { Wearing } from './wearing'

/** Beyond so many changes it is quicker to rank everybody anew. */
const mostChanges = 262_144

/** What of an instrument says whether it can be dealt in, and how its price wears. */
const market: ReadonlySet<string> = new Set(['state', 'since', 'expiry', 'expired', 'fixed', 'settled'])

/** What of it says what is required for it: no band was placed for a change of that. */
const terms: ReadonlySet<string> = new Set(['margin', 'former'])

/** Who was waiting at a time, and how often somebody had been judged by then. */
export interface UnjudgedMark {
  readonly accounts: number
  readonly prices: number
  readonly judgements: number
}

/** Who has changed since everybody was last judged, told by the changes themselves: made, or taken back. */
export class Unjudged {
  readonly accounts: Account[] = []
  readonly prices: (Instrument | Asset)[] = []
  /** Whether an underlying was valued anew. */
  markets = false
  /** How often somebody was judged. */
  judgements = 0
  readonly standing: Pool['standing']
  readonly #wearing: Wearing
  /** Whose coins were offered in vain, and the waterfall was asked since. */
  readonly #offered = new Set<Account>()
  #collection = '0 record '
  #count = 1

  constructor(pool: Pool) {
    this.standing = pool.standing
    this.#wearing = new Wearing(pool, (priced) => {
      this.#voidRanks()
      this.#move(priced)
    })
  }

  /** The next of the numbers that tell changes apart: none is ever given twice. */
  tick(): number {
    this.#count += 1
    return this.#count
  }

  /** What is derived from a record follows each change of it. */
  changed(record: object, field: string): void {
    if (!('kind' in record)) {
      this.#changedPool(field)
      return
    }
    const changed = record as Holder | Asset | Instrument | Owner
    switch (changed.kind) {
      case 'account':
        this.#touch(changed)
        this.standing.due.note(changed, field)
        if (field === 'inDefault') this.#noteOffered(changed)
        break
      case 'position':
        this.#touch(changed.account)
        break
      case 'house':
      case 'owner':
        break
      case 'asset':
        if (field === 'holders' || field === 'awaiting' || field === 'highs') break
        if (field === 'price') this.#changedPrice(changed)
        if (field === 'held') this.#changedHold(changed)
        if (field === 'haircut' || field === 'former') this.#followCuts()
        this.#voidRanks()
        this.#move(changed)
        break
      default:
        this.#changedInstrument(changed, field)
    }
  }

  mark(): UnjudgedMark {
    return { accounts: this.accounts.length, prices: this.prices.length, judgements: this.judgements }
  }

  /** Where nobody was judged since, all are again as they were when they last were; else they wait to be judged. */
  takeBack(mark: UnjudgedMark): void {
    if (this.judgements !== mark.judgements) return
    for (const { stand } of this.accounts.splice(mark.accounts)) stand.touched = false
    for (const { stand } of this.prices.splice(mark.prices)) stand.moved = false
  }

  /** Everybody who waited has been judged. */
  clear(): void {
    for (const { stand } of this.accounts) stand.touched = false
    for (const { stand } of this.prices) stand.moved = false
    this.accounts.length = 0
    this.prices.length = 0
    this.markets = false
  }

  #touch(account: Account): void {
    const { stand } = account
    const { changes } = this.standing
    stand.changed = this.tick()
    if (changes.isRead) changes.accounts.push(account)
    if (changes.accounts.length > mostChanges) this.#voidRanks()
    if (stand.touched) return
    stand.touched = true
    this.accounts.push(account)
  }

  #changedPool(field: string): void {
    switch (field) {
      case 'bulk':
        this.#forgetJudged()
        break
      case 'purses':
        this.standing.due.noteCaps()
        break
      case 'at':
        this.#wearing.follow()
        this.#followOffered()
        break
      case 'instruments':
      case 'terms':
        this.#wearing.follow(true)
        break
      case 'parameters':
      case 'assets':
        this.#wearing.follow(true)
        this.#followCuts()
        this.#followCollection()
        break
      case 'valuations':
        this.markets = true
        this.standing.markets.changed = this.tick()
        this.#voidRanks()
        break
      default:
    }
  }

  /** From whom cash or margin is asked, how much of what models come to, what follows, and whose turn is last: where that changes, everybody is judged. */
  #followCollection(): void {
    const { accounts, parameters } = this.#wearing.pool
    const { debit = '0', missedCall = 'record', backstop = '', margin } = parameters
    const collection = `${debit} ${missedCall} ${backstop}${margin === undefined ? '' : JSON.stringify(margin)}`
    if (collection === this.#collection) return
    this.#collection = collection
    for (const account of accounts.values()) this.#touch(account)
  }

  /** What was offered in vain may go on sale anew once time has gone on. */
  #followOffered(): void {
    const { at } = this.#wearing.pool
    for (const account of this.#offered) {
      const since = account.inDefault?.offered?.since ?? at
      if (since < at !== this.standing.duties.start.has(account.id)) this.#touch(account)
    }
  }

  #noteOffered(account: Account): void {
    if (account.inDefault?.offered?.asked === true) this.#offered.add(account)
    else this.#offered.delete(account)
  }

  /** What is required for collateral is never less than the pool's fee for selling it. */
  #followCuts(): void {
    const { assets, parameters } = this.#wearing.pool
    const fee = decimal(parameters.liquidation.fee)
    for (const asset of assets.values()) {
      const cut = max(asset.haircut, fee)
      const leastCut = asset.former.reduce((least, { was }) => min(least, was), cut)
      const { stand } = asset
      if (equals(cut, stand.cut) && equals(leastCut, stand.leastCut)) continue
      stand.cut = cut
      stand.leastCut = leastCut
      stand.shaken = true
      this.#voidRanks()
      this.#move(asset)
    }
  }

  #changedPrice(priced: Instrument | Asset): void {
    this.#wearing.note(priced)
  }

  /** What a held price adds at the worst and at the best goes with no band: all holders are judged again. */
  #changedHold(priced: Instrument | Asset): void {
    this.#wearing.note(priced)
    priced.stand.shaken = true
  }

  #changedInstrument(instrument: Instrument, field: string): void {
    if (field === 'expired' || field === 'expiry' || field === 'moved') this.standing.due.noteExpiry(instrument)
    if (field === 'holders' || field === 'openInterest' || field === 'fundedAt') return
    if (field === 'price') this.#changedPrice(instrument)
    // By how much it is in doubt goes with no band.
    if (field === 'price' && instrument.index !== undefined && asksForDoubt(this.#wearing.pool))
      instrument.stand.shaken = true
    // What is fixed is required no more, nor shocked.
    if (field === 'fixed') instrument.stand.shaken = true
    if (field === 'held') this.#changedHold(instrument)
    if (market.has(field)) this.#wearing.note(instrument)
    if (terms.has(field)) instrument.stand.shaken = true
    this.#voidRanks()
    this.#move(instrument)
  }

  #move(priced: Instrument | Asset): void {
    const { stand } = priced
    stand.changed = this.tick()
    if (stand.moved) return
    stand.moved = true
    this.prices.push(priced)
  }

  /** All that was ranked at the prices before is void. */
  #voidRanks(): void {
    const { changes } = this.standing
    changes.priceMoves += 1
    changes.isRead = false
    changes.accounts.length = 0
  }

  /** Whoever reads who was judged must look at everybody. */
  #forgetJudged(): void {
    const { judged } = this.standing
    judged.from += judged.ids.length + 1
    judged.ids = []
  }
}
