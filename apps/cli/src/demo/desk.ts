import { healthOf, type Pool } from '@novation/clearing'
import {
  abs,
  ceil,
  decimal,
  divideFloor,
  format,
  isNegative,
  isPositive,
  isZero,
  multiply,
  subtract,
} from '@novation/decimal'
import { type LedgerEvent, type Millis, parseTime, sha256 } from '@novation/events'
import { type Ask, ask, type Reactor } from '@novation/platform'
import { asset, makers } from './house'

/** How a trader answers a margin call, and when. */
interface Answer {
  readonly way: 'deposit' | 'reduce'
  readonly at: Millis
}

interface Desk {
  /** By account: answers still to be given. */
  readonly answers: ReadonlyMap<string, Answer>
}

export const deskName = 'venue:desk'

/** A number from 0 to 1 that follows from its words: traders have habits, and no dice. */
const habit = (...words: readonly string[]): number =>
  Number.parseInt(sha256(words.join(' ')).slice(0, 8), 16) / 2 ** 32

/** Three in ten put money in, two in ten close half of what they hold; the others do nothing, in time or at all. */
const answerOf = (account: string, at: Millis, bar_s: number): Answer | undefined => {
  const way = habit('way', account)
  if (!account.startsWith('trader-') || way > 0.5) return undefined
  const delay_ms = Math.round(1 + 18 * habit('delay', account, String(at))) * bar_s * 1000
  return { way: way < 0.3 ? 'deposit' : 'reduce', at: at + delay_ms }
}

const without = (answers: Desk['answers'], account: string): Desk['answers'] =>
  answers.has(account) ? new Map([...answers].filter(([id]) => id !== account)) : answers

/** Whose answer a command of the desk was. */
const answeredBy = ({ metadata: { actor, command } }: LedgerEvent): string | undefined => {
  if (actor !== deskName || command === undefined) return undefined
  if (command.type === 'Deposit') return command.data.account
  if (command.type !== 'ClearTrade') return undefined
  return [command.data.buyer, command.data.seller].find((id) => id.startsWith('trader-'))
}

const noteAnswers = (answers: Desk['answers'], event: LedgerEvent, bar_s: number): Desk['answers'] => {
  const done = answeredBy(event)
  if (done !== undefined) return without(answers, done)
  if (event.type === 'MarginCallMet' || event.type === 'LiquidationStarted') return without(answers, event.data.account)
  if (event.type !== 'MarginCall') return answers
  const { account } = event.data
  const answer = answerOf(account, parseTime(event.at), bar_s)
  return answer === undefined ? answers : new Map([...answers, [account, answer]])
}

/** What is lacking, and half as much again: the market moves on while money is on its way. */
const deposit = (pool: Pool, account: string): readonly Ask[] => {
  const held = pool.accounts.get(account)
  if (held === undefined) return []
  const { worst, initial } = healthOf(pool, held)
  const lacking = subtract(initial, worst)
  if (!isPositive(lacking)) return []
  return [ask('Deposit', { account, asset, amount: format(ceil(multiply(lacking, decimal('1.5')), 2)) }, account)]
}

/** Half of the largest position goes to a maker at the mark. */
const reduce = (pool: Pool, account: string): readonly Ask[] => {
  const trader = pool.accounts.get(account)
  const [largest] = trader === undefined ? [] : healthOf(pool, trader).positions
  if (largest === undefined) return []
  const { instrument, quantity: held, mark } = largest
  const quantity = multiply(divideFloor(abs(held), multiply(instrument.lot, decimal('2')), 0), instrument.lot)
  if (isZero(quantity)) return []
  const maker = makers[Number.parseInt(account.slice(-1), 10) % makers.length] ?? makers[0]
  const [buyer, seller] = isNegative(held) ? [account, maker] : [maker, account]
  return [
    ask(
      'ClearTrade',
      {
        trade: `reduce-${account}-${pool.revision}`,
        instrument: instrument.id,
        buyer,
        seller,
        quantity: format(quantity),
        price: format(mark),
      },
      account,
    ),
  ]
}

const isOpen = (pool: Pool, account: string): boolean => {
  const held = pool.accounts.get(account)
  return held?.call !== undefined && held.liquidation === undefined
}

/** The traders of the demo, as far as they answer the house: they read the same book as everybody, and ask as a venue does. */
export const desk = (pool: Pool, bar_s: number): Reactor<Desk> => ({
  name: deskName,
  initial: () => ({ answers: new Map() }),
  evolve: ({ answers }, event) => ({ answers: noteAnswers(answers, event, bar_s) }),
  due: ({ answers }) =>
    [...answers]
      .filter(([account, { at }]) => at <= pool.at && isOpen(pool, account))
      .flatMap(([account, { way }]) => (way === 'deposit' ? deposit(pool, account) : reduce(pool, account))),
})
