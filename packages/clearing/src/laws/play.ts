import { type Decimal, decimal, divideFloor, format, multiply, subtract, toNumber, zero } from '@novation/decimal'
import { type Command, formatTime, type LedgerEvent, type Millis } from '@novation/events'
import { healthOf } from '../state/health'
import { backstop } from '../state/names'
import type { Instrument, Pool } from '../state/pool'
import { isSigned, notionalAt } from '../state/reference'
import { affordable } from './affordable'
import type { Action, Line, Plan } from './arbitraries'
import { markAt, placesFor } from './marks'
import type { OptionAction, Optioned } from './optioned'
import { marketOf, optionWishes } from './optioned-play'
import { begin, cents, names, setUp, type Wish } from './set-up'

/** A clearinghouse as a random world sees it: it takes commands, and everything that follows from each is done. */
export interface House {
  readonly pool: Pool
  readonly events: readonly LedgerEvent[]
  readonly submit: (command: Command, at: Millis) => void
  /** What would be seen once that was done; of which nothing stays. */
  readonly see: <T>(command: Command, at: Millis, look: () => T | undefined) => T | undefined
}

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)]

/**
 * The price that puts an account on a line, by what its margins are now: right where no tier's bound is crossed on the
 * way, and near it otherwise. `off` is in millionths of the price.
 */
const lineAt = (pool: Pool, id: string, of: number, line: Line, off: number): Wish | undefined => {
  const account = pool.accounts.get(id)
  if (account === undefined) return undefined
  const { worst, positions, ...margins } = healthOf(pool, account)
  const valued = pick(positions, of)
  if (valued === undefined || isSigned(valued.instrument)) return undefined
  const needed = (margin: { readonly initial: Decimal; readonly maintenance: Decimal }) =>
    line === 'zero' ? zero : margin[line]
  // The equity that does not move with this price, less the margin that does not; then what one unit of price moves.
  const still = subtract(subtract(worst, valued.value), subtract(needed(margins), needed(valued)))
  const moving = toNumber(subtract(valued.value, needed(valued))) / toNumber(valued.mark)
  const price = (-toNumber(still) / moving) * (1 + off / 1e6)
  if (!(price > 0 && price < 1e15 && price > 1e-12)) return undefined
  const value = price.toFixed(placesFor(valued.mark))
  return Number(value) > 0
    ? { type: 'PublishPrice', data: { instrument: valued.instrument.id, price: value } }
    : undefined
}

const twoOf = (members: readonly string[], [one, other]: readonly [number, number]) => {
  const first = pick(members, one)
  return [
    first,
    pick(
      members.filter((id) => id !== first),
      other,
    ),
  ]
}

/** What a lot takes up at the lowest initial rate. */
const lotTakes = (instrument: Instrument): Decimal | undefined => {
  const rate = instrument.margin.tiers[0]?.initial
  if (instrument.price === undefined || rate === undefined) return undefined
  return multiply(notionalAt(instrument, instrument.lot, instrument.price.value), rate)
}

const membersOf = (pool: Pool, plan: Plan): readonly string[] => [
  ...names(plan.members.length, 'a'),
  ...(pool.accounts.has(backstop) ? [backstop] : []),
]

/** The command an action comes to as things stand, or nothing where there is nothing to act on. */
const wishOf = (pool: Pool, plan: Plan, action: Action, trade: string): Wish | undefined => {
  const members = membersOf(pool, plan)
  const listed = names(plan.instruments.length, 'I')
  switch (action.do) {
    case 'price': {
      const name = pick([...listed, ...listed, ...listed, 'COIN'], action.of) ?? ''
      const price = markAt(pool, name, action.percent)
      if (price === undefined) return undefined
      return { type: 'PublishPrice', data: name === 'COIN' ? { asset: name, price } : { instrument: name, price } }
    }
    case 'line':
      return lineAt(pool, pick(members, action.who) ?? '', action.of, action.line, action.off)
    case 'trade': {
      const instrument = pool.instruments.get(pick(listed, action.of) ?? '')
      const price = instrument === undefined ? undefined : markAt(pool, instrument.id, action.percent)
      if (instrument === undefined || price === undefined) return undefined
      const [buyer = '', seller = ''] = twoOf(members, action.sides)
      const each = lotTakes(instrument)
      const quantity = each && affordable(pool, instrument, [buyer, seller], action.use, each)
      if (quantity === undefined) return undefined
      return { type: 'ClearTrade', data: { trade, instrument: instrument.id, buyer, seller, quantity, price } }
    }
    case 'deposit':
    case 'withdraw':
      return {
        type: action.do === 'deposit' ? 'Deposit' : 'Withdraw',
        data: {
          account: pick(members, action.who) ?? '',
          asset: action.coins ? 'COIN' : 'USD',
          amount: cents(action.amount),
        },
      }
    case 'fund':
      return {
        type: 'FundInsurance',
        data: { asset: 'USD', amount: cents(action.amount), tranche: action.tranche ? 'skin-in-the-game' : 'fund' },
      }
    case 'funding':
      return { type: 'PayFunding', data: { instrument: pick(listed, action.of) ?? '', rate: action.rate } }
    case 'bid': {
      const [liquidation, id] = pick([...pool.liquidations].sort(), action.on) ?? []
      if (liquidation === undefined) return undefined
      const bidder = pick(members, action.who) ?? ''
      const share = format(divideFloor(decimal(String(action.share)), decimal('100'), 2))
      if (action.position === undefined)
        return { type: 'BidLiquidation', data: { liquidation, bidder, fraction: share } }
      const account = pool.accounts.get(id ?? '')
      const coins = account?.balances.has('COIN') === true ? ['COIN'] : []
      const item = pick([...(account?.positions.keys() ?? []), ...coins].sort(), action.position) ?? ''
      const instrument = pool.instruments.get(item)
      if (item === 'COIN')
        return {
          type: 'BidLiquidation',
          data: { liquidation, bidder, asset: item, quantity: cents(action.share * 100) },
        }
      if (instrument === undefined) return undefined
      const quantity = format(multiply(instrument.lot, decimal(String(action.share))))
      return { type: 'BidLiquidation', data: { liquidation, bidder, instrument: instrument.id, quantity } }
    }
    case 'settle': {
      const instrument = pick(listed, action.of) ?? ''
      const price = markAt(pool, instrument, action.percent)
      return price === undefined ? undefined : { type: 'SettleInstrument', data: { instrument, price } }
    }
    case 'state':
      return { type: 'SetInstrumentState', data: { instrument: pick(listed, action.of) ?? '', state: action.state } }
    case 'terms': {
      const instrument = pick(listed, action.of) ?? ''
      return { type: 'SetInstrumentParameters', data: { instrument, margin: action.margin } }
    }
    case 'bust': {
      const cleared = [...pool.recentTrades].sort(([, one], [, other]) => other.revision - one.revision)
      const [busted] = pick(cleared.slice(0, 4), action.back) ?? []
      return busted === undefined ? undefined : { type: 'BustTrade', data: { trade: busted } }
    }
    case 'haircut':
      return { type: 'SetAssetParameters', data: { asset: 'COIN', haircut: action.haircut } }
    case 'delist': {
      const at = formatTime(pool.at + action.seconds * 1000)
      return { type: 'DelistInstrument', data: { instrument: pick(listed, action.of) ?? '', at } }
    }
    case 'change':
      return { type: 'SetPoolParameters', data: action.parameters }
    case 'wait':
    case 'again':
      return undefined
  }
}

/** Plays a random world to its end, and lets `look` see the house after each thing that was tried. */
export const play = (house: House, plan: Plan, look: (house: House) => void = () => undefined): House => {
  let at = begin
  const sent: Command[] = []
  const submit = (command: Command): void => {
    house.submit(command, at)
    look(house)
  }
  const commandOf = (wish: Wish, id: string): Command =>
    ({ ...wish, id, pool: house.pool.name, actor: 'operator', at: formatTime(at) }) as Command
  const send = (wish: Wish): void => {
    const command = commandOf(wish, `w-${sent.length + 1}`)
    sent.push(command)
    submit(command)
  }
  const turnedDown = (): boolean => house.events.at(-1)?.type === 'CommandRejected'
  const { options } = plan
  const tryOption = (world: Optioned, what: OptionAction): void => {
    const wishes = optionWishes(
      {
        pool: house.pool,
        world,
        begin,
        members: membersOf(house.pool, plan),
        trade: `t-${sent.length}`,
        see: (wish, look) => house.see(commandOf(wish, 'x'), at, look),
      },
      what,
    )
    for (const wish of wishes) send(wish)
    if (what.do === 'deal' && wishes.length > 0 && turnedDown() && what.use > 1)
      tryOption(world, { ...what, use: what.use / 20 })
  }
  const tryOptions = (isMeant: (before: number) => boolean): void => {
    if (options === undefined) return
    for (const { before, what } of options.tries) if (isMeant(before)) tryOption(options, what)
  }
  for (const wish of setUp(plan)) send(wish)
  for (const [i, action] of plan.actions.entries()) {
    tryOptions((before) => before === i)
    at += action.do === 'wait' ? action.seconds * 1000 : 500
    const before = action.do === 'again' ? pick(sent, action.command) : undefined
    if (before !== undefined) submit(before)
    const wish = wishOf(house.pool, plan, action, `t-${sent.length}`)
    if (wish === undefined) continue
    send(wish)
    // Higher tiers and much open interest ask for more margin than a trade was made for: then so much less.
    const less =
      action.do === 'trade' && turnedDown()
        ? wishOf(house.pool, plan, { ...action, use: action.use / 20 }, `t-${sent.length}`)
        : undefined
    if (less !== undefined) send(less)
  }
  tryOptions((before) => before >= plan.actions.length)
  // However it went: time passes, prices come, and whoever is in default is dealt with. Auctions run while prices last.
  const often_ms = Math.min(60_000, house.pool.parameters.priceTolerance_s * 1000)
  for (const pause_ms of [
    ...Array.from({ length: 16 }, () => often_ms),
    ...Array.from({ length: 3 }, () => 5_000_000),
  ]) {
    at += pause_ms
    for (const name of ['COIN', ...names(plan.instruments.length, 'I')]) {
      const price = markAt(house.pool, name, 100)
      if (price !== undefined)
        send({ type: 'PublishPrice', data: name === 'COIN' ? { asset: name, price } : { instrument: name, price } })
    }
    if (options !== undefined) for (const wish of marketOf(house.pool, options, begin)) send(wish)
  }
  return house
}
