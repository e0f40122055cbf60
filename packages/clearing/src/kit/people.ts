import type { AccountStatement } from '../proof/account-statement'
import { statementOf } from '../proof/statement'
import { isFreshAt } from '../state/health'
import { bid, deposit, open, price, trade, withdraw } from './wishes'
import { all, type Step, take, type Wish, type World } from './world'

const dealt = /^(\S+) (\S+) at (\S+) (?:from|to) (\S+)$/

/** `1 BTC-PERP at 50 from bob`. */
const parseDeal = (text: string) => {
  const [, quantity = '', instrument = '', at = '', other = ''] = dealt.exec(text) ?? []
  if (other === '') throw new RangeError(`a deal is like "1 BTC-PERP at 50 from bob", not "${text}"`)
  return { quantity, instrument, price: at, other }
}

/** Opens an account where it is not open yet, and pays in. */
const holds =
  (account: string, ...amounts: readonly string[]): Step =>
  (world) =>
    all(
      ...(world.pool.accounts.has(account) ? [] : [open(account)]),
      ...amounts.map((amount) => deposit(account, amount)),
    )(world)

/** Somebody who was not introduced has money enough for whatever the scenario needs of them. */
const introduced =
  (account: string): Step =>
  (world) =>
    world.pool.accounts.has(account) ? world : holds(account, '1000000 USD')(world)

/** A trade is at the mark where nothing else was said about the mark. */
const marked =
  (instrument: string, at: string): Step =>
  (world) => {
    const { pool, clock } = world
    const isMarked = isFreshAt(pool, pool.instruments.get(instrument), Math.max(pool.at, clock))
    return isMarked ? world : take(world, price(instrument, at))
  }

/** Named when it is sent. */
const nameless = ''

const bought = (
  buyer: string,
  seller: string,
  deal: Omit<ReturnType<typeof parseDeal>, 'other'>,
  dealing: Wish,
): Step => all(introduced(buyer), introduced(seller), marked(deal.instrument, deal.price), dealing)

/** A member of the house, and what it does: in the present tense a command, in the past tense what made it possible too. */
export const person = (id: string) => {
  const buys = (text: string): Wish => {
    const { other, ...deal } = parseDeal(text)
    return trade({ trade: nameless, buyer: id, seller: other, ...deal })
  }
  const sells = (text: string): Wish => {
    const { other, ...deal } = parseDeal(text)
    return trade({ trade: nameless, buyer: other, seller: id, ...deal })
  }
  return {
    id,
    opens: (margin?: 'cross' | 'isolated' | 'portfolio'): Wish => open(id, margin),
    holds: (...amounts: readonly string[]): Step => holds(id, ...amounts),
    deposits: (amount: string): Wish => deposit(id, amount),
    withdraws: (amount: string): Wish => withdraw(id, amount),
    buys,
    sells,
    bought: (text: string): Step => {
      const { other, ...deal } = parseDeal(text)
      return bought(id, other, deal, buys(text))
    },
    sold: (text: string): Step => {
      const { other, ...deal } = parseDeal(text)
      return bought(other, id, deal, sells(text))
    },
    bids: (size: string, liquidation: string): Wish => ({ ...bid(liquidation, id, size), actor: `keeper:${id}` }),
    /** What the statement says of this account; nested parts may be given in part. */
    stands: (expected: Partial<AccountStatement>) => (world: World) => {
      const account = statementOf(world.pool).accounts.find(({ account: name }) => name === id)
      expect(account).toMatchObject(expected)
    },
  }
}

export const alice = person('alice')
export const bob = person('bob')
export const carol = person('carol')
export const dave = person('dave')
