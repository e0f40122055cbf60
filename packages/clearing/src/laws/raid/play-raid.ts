import { toNumber, zero } from '@novation/decimal'
import { type Command, formatTime } from '@novation/events'
import { healthOf } from '../../state/health'
import type { Pool } from '../../state/pool'
import { wouldReject } from '../append'
import { newHouse } from '../house'
import { type Act, type Anybody, coinTruth, friend, type Raid, raiders, type Series, type Traded, truth } from './acts'
import { fund } from './bound'
import { begin, coin, expiry_ms, gap, openingFor, optionsListed, refOf, strangersTrade, strike } from './opening'

/** What the layers paid under one cap: of an owner, an instrument or a coin. */
export interface Term {
  readonly of: string
  readonly paid: number
  readonly cap: number
}

/** How much of a raid came to what. */
export interface Spoils {
  /** What the attacker has in the end beyond what he brought, all prices true again. */
  readonly taken: number
  /** What the layers paid less than they were given. */
  readonly layers: number
  /** What was taken of the profit of anybody else. */
  readonly haircuts: number
  /** The bound term by term: each cap that something was paid under, and how much. */
  readonly terms: readonly Term[]
  /** How many of his owners the layers paid for: his own, and his friend. */
  readonly owners: number
}

/** Everybody in it. */
const gang: readonly string[] = [...raiders, friend]

/** Plays a raid on a house with a fund, strangers and true prices in the end. */
class Play {
  readonly #house: ReturnType<typeof newHouse>
  readonly #market: Traded
  readonly #options: boolean
  #at = begin
  #sent = 0
  #push = 0
  #pump = 1
  #brought = 0
  #out = 0

  constructor({ market, options = false }: Raid) {
    this.#house = newHouse({ accounts: 120, closes: 45 })
    this.#market = market
    this.#options = options
    for (const [type, data] of openingFor(options)) this.#send(type, data)
    if (options) for (const [type, data] of optionsListed) this.#send(type, data)
    this.#tell()
    for (const [type, data] of strangersTrade) this.#send(type, data)
  }

  get #pool(): Pool {
    return this.#house.pool
  }

  #send(type: Command['type'], data: object): boolean {
    this.#sent += 1
    const before = this.#house.events.length
    const command = { id: `r-${this.#sent}`, pool: 'main', type, actor: 'operator', data } as Command
    this.#house.submit(command, this.#at)
    const made = this.#house.events.slice(before).find(({ metadata }) => metadata.command?.id === command.id)
    return made !== undefined && made.type !== 'CommandRejected'
  }

  #mark(market: Traded): number {
    const true_ = truth[market]
    return market === this.#market ? true_ + refOf(market, true_) * this.#push : true_
  }

  /** Everybody hears what everything costs, true or not. */
  #tell(): void {
    for (const market of ['BTC-PERP', 'SPREAD'] as const)
      this.#send('PublishPrice', { instrument: market, price: this.#mark(market).toFixed(2) })
    this.#send('PublishPrice', { asset: 'COIN', price: (coinTruth * this.#pump).toFixed(2) })
    if (this.#options) this.#tellOptions(this.#mark('BTC-PERP').toFixed(2))
  }

  #tellOptions(price: string): void {
    this.#send('PublishPrice', { asset: 'BTC', price })
    if (this.#at >= expiry_ms) return
    this.#send('PublishForward', { ...coin, price })
    this.#send('PublishVolatility', { ...coin, points: [{ strike, volatility: '0.8' }] })
  }

  #balance(account: Anybody, asset: string): number {
    return toNumber(this.#pool.accounts.get(account)?.balances.get(asset) ?? zero)
  }

  #held(account: Anybody, of: string): number {
    return toNumber(this.#pool.accounts.get(account)?.positions.get(of)?.quantity ?? zero)
  }

  /** The mark that trades lie about, and what a share off it is a share of. */
  #dealtAt(of: Series | undefined): { readonly mark: number; readonly ref: number } {
    if (of === undefined) {
      const mark = this.#mark(this.#market)
      return { mark, ref: refOf(this.#market, mark) }
    }
    const mark = toNumber(this.#pool.instruments.get(of)?.price?.value ?? zero)
    return { mark, ref: mark }
  }

  /** A trade of so much, or of half of that, and so on, until one is taken. */
  #trade([buyer, seller]: readonly [Anybody, Anybody], most: number, off: number, of?: Series): void {
    const { mark, ref } = this.#dealtAt(of)
    const price = (mark + ref * off).toFixed(of === undefined ? 2 : 4)
    for (let quantity = most; quantity >= 0.01; quantity /= 2) {
      const data = { instrument: of ?? this.#market, buyer, seller, quantity: quantity.toFixed(2), price }
      const asked = { type: 'ClearTrade', actor: 'operator', data: { trade: `t-${this.#sent}`, ...data } } as const
      if (wouldReject(this.#house.pool, formatTime(this.#at), asked) !== undefined) continue
      this.#send('ClearTrade', asked.data)
      return
    }
  }

  #take(from: Anybody, coins: boolean, share: number): void {
    const asset = coins ? 'COIN' : 'USD'
    for (let part = share; part > 0.01; part /= 2) {
      const amount = (Math.floor(this.#balance(from, asset) * part * 100) / 100).toFixed(2)
      if (Number(amount) <= 0 || !this.#send('Withdraw', { account: from, asset, amount })) continue
      this.#out += Number(amount) * (coins ? coinTruth : 1)
      return
    }
  }

  do(act: Act): void {
    this.#at += 1_000
    switch (act.do) {
      case 'push':
        this.#push = act.by
        this.#tell()
        break
      case 'pump':
        this.#pump = act.to
        this.#tell()
        break
      case 'trade': {
        const ref = refOf(this.#market, this.#mark(this.#market))
        this.#trade(act.between, (act.share * fund) / (gap * ref), act.off, act.of)
        break
      }
      case 'close': {
        const [buyer, seller] = act.between
        const of = act.of ?? this.#market
        const most = Math.max(0, Math.min(-this.#held(buyer, of), this.#held(seller, of)))
        this.#trade(act.between, most, act.off, act.of)
        break
      }
      case 'settle':
        this.#send('SettleVariation', {})
        break
      case 'pay': {
        const asset = act.coins ? 'COIN' : 'USD'
        if (this.#send('Deposit', { account: act.into, asset, amount: String(act.amount) }))
          this.#brought += act.amount * (act.coins ? coinTruth : 1)
        break
      }
      case 'take':
        this.#take(act.from, act.coins, act.share)
        break
      case 'bid':
        for (const liquidation of [...this.#pool.liquidations.keys()])
          this.#send('BidLiquidation', { liquidation, bidder: act.by, fraction: String(act.share) })
        break
      case 'wait':
        for (let left = act.minutes; left > 0; left -= 60) {
          this.#at += Math.min(left, 60) * 60_000
          this.#tell()
        }
    }
  }

  /** The truth comes out, all that is due is done, and what has stood is taken out. */
  spoils(): Spoils {
    this.#push = 0
    this.#pump = 1
    for (const minutes of [0, 60, 60, 60, 1_440, 1_440]) this.do({ do: 'wait', minutes: Math.max(1, minutes) })
    // What an account owes is nobody’s to ask for any more.
    const left = gang.reduce((total, id) => {
      const account = this.#pool.accounts.get(id)
      return total + (account === undefined ? 0 : Math.max(0, toNumber(healthOf(this.#pool, account).equity)))
    }, 0)
    let [layers, haircuts] = [0, 0]
    const owners = new Set<string>()
    const terms = new Map<string, Term>()
    for (const { type, data } of this.#house.events) {
      if (type === 'InsuranceDrawn') {
        layers += Number(data.amount)
        owners.add(this.#pool.accounts.get(data.defaulter)?.owner.id ?? '')
      }
      if (type === 'CollateralBought') layers += Number(data.paid) - Number(data.quantity) * coinTruth
      if (type === 'InsuranceDrawn' || type === 'CollateralBought')
        for (const { what, id, amount, cap } of data.under ?? []) {
          const of = `${what} ${id}`
          terms.set(of, { of, paid: (terms.get(of)?.paid ?? 0) + Number(amount), cap: Number(cap) })
        }
      // What is taken of a friend’s profit is no more the gang’s, and nobody else has lost it.
      if (type === 'LossSocialized')
        for (const { account, amount } of data.taken) if (!gang.includes(account)) haircuts += Number(amount)
    }
    const taken = this.#out + left - this.#brought
    return { taken, layers, haircuts, owners: owners.size, terms: [...terms.values()] }
  }
}

/** What comes of a raid. */
export const spoilsOf = (raid: Raid): Spoils => {
  const play = new Play(raid)
  for (const act of raid.acts) play.do(act)
  return play.spoils()
}
