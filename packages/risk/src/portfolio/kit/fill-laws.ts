import {
  abs,
  add,
  atLeast,
  atMost,
  type Decimal,
  decimal,
  equals,
  floor,
  format,
  isPositive,
  lessThan,
  multiply,
  one,
  subtract,
  unit,
  whole,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import type { Offer } from '../../fill'
import { factors, fixed, linearHolding, optionHolding, valuations } from '../arbitraries'
import { itemRequirements, portfolioFillCost } from '../fill'
import type { LinearHolding, OptionHolding } from '../holding'
import { portfolioRequirement } from '../requirement'
import { type After, portfolioFraction, portfolioLots, portfolioUnhedged } from '../sizing'

const places = 6
const lot = decimal('0.01')

type Position = OptionHolding | LinearHolding

/** An account below its requirement, what it is worth as a share of that, and by how much it is to be restored. */
const world = fc.record({
  valuations,
  factors,
  held: fc.array(fc.oneof({ weight: 3, arbitrary: optionHolding }, { weight: 1, arbitrary: linearHolding }), {
    minLength: 1,
    maxLength: 6,
  }),
  share: fixed(0, 1, 3),
  buffer: fixed(0, 0.3, 2),
  discount: fixed(0, 1, 2),
  first: fixed(0, 1, 3),
  second: fixed(0, 1, 3),
  at: fc.nat({ max: 5 }),
})

type World = typeof world extends fc.Arbitrary<infer Of> ? Of : never

const holds = (is: boolean, ...told: readonly Decimal[]): void => {
  if (!is) throw new Error(`broken: ${told.map(format).join(', ')}`)
}

const sized = (position: Position, size: Decimal): Position => ({
  ...position,
  quantity: lessThan(position.quantity, zero) ? subtract(zero, size) : size,
})

const accountOf = ({ valuations: markets, factors: terms, held: drawn, share, buffer, discount }: World) => {
  const held = drawn.filter(({ quantity }) => isPositive(abs(quantity)))
  const asked = (of: readonly Position[]) => portfolioRequirement(of, markets, { ...terms, places })
  const before = asked(held)
  const required = itemRequirements(
    before.contributions(),
    held.map(({ quantity }) => abs(quantity)),
  )
  const offer: Offer = {
    worth: floor(multiply(before.maintenance, share), places),
    requirement: before.maintenance,
    kept: zero,
    discount: whole(discount),
    promised: whole(zero),
    fee: decimal('0.0005'),
    places,
  }
  const items = held.map(({ quantity, underlying }, i) => ({
    held: abs(quantity),
    lot,
    unitValue: markets.get(underlying)?.inputs.index ?? one,
    required: required[i] ?? zero,
  }))
  const left = (taken: readonly Decimal[]): readonly Position[] =>
    held.map((position, i) => sized(position, subtract(abs(position.quantity), taken[i] ?? zero)))
  const after = (taken: readonly Decimal[]): After => {
    const { maintenance, exact } = asked(left(taken))
    return { requirement: maintenance, exact, lacks: subtract(multiply(add(one, buffer), maintenance), offer.worth) }
  }
  const notional = (taken: readonly Decimal[]): Decimal =>
    items.reduce((total, { unitValue }, i) => add(total, multiply(unitValue, taken[i] ?? zero)), zero)
  return { held, before, offer, items, after, notional, asked, left }
}

type Account = ReturnType<typeof accountOf>
type Law = (account: Account, of: World) => void

const cost = ({ offer, notional }: Account, taken: readonly Decimal[], requirement: Decimal) =>
  portfolioFillCost(offer, { requirement, grows: whole(one), notional: notional(taken) })

const fillLaw: Readonly<Record<string, Law>> = {
  'no fill leaves an account worse, by what it still requires, than it was': (account, { first }) => {
    const taken = account.items.map(({ held }) => multiply(held, first))
    const { requirement } = account.after(taken)
    const of = cost(account, taken, requirement)
    if (of === undefined) return
    const worth = subtract(account.offer.worth, add(of.pays, of.charge))
    const [now, then] = [multiply(worth, account.offer.requirement), multiply(account.offer.worth, requirement)]
    holds(atLeast(now, then), worth, requirement)
  },
  'a fill in two parts comes to the same as at once, but for a unit': (account, { first, second }) => {
    const free = { ...account.offer, discount: whole(zero), fee: zero }
    const [low, high] = lessThan(first, second) ? [first, second] : [second, first]
    const at = (share: Decimal) => account.after(account.items.map(({ held }) => multiply(held, share))).requirement
    const pay = (offer: Offer, requirement: Decimal): Decimal | undefined =>
      portfolioFillCost(offer, { requirement, grows: whole(zero), notional: zero })?.pays
    const once = pay(free, at(high))
    const begun = pay(free, at(low))
    if (once === undefined || begun === undefined) return
    const between = { ...free, worth: subtract(free.worth, begun), requirement: at(low) }
    const rest = pay(between, at(high))
    if (rest === undefined) return
    holds(atMost(abs(subtract(once, add(begun, rest))), unit(places)), once, begun, rest)
  },
  'a fraction restores the account, or is all of it': (account, { buffer }) => {
    const taken = portfolioFraction({ ...account, dust: zero }, one)
    if (account.items.every(({ held }, i) => equals(held, taken[i] ?? zero))) return
    const { requirement, lacks } = account.after(taken)
    const of = cost(account, taken, requirement)
    holds(of !== undefined && atMost(add(lacks, add(of.pays, of.charge)), zero), lacks, buffer)
  },
  'a bid on one position lowers the requirement, or deals in nothing': (account, { at }) => {
    const i = at % Math.max(1, account.items.length)
    const item = account.items[i]
    if (item === undefined) return
    const alone = (quantity: Decimal) => account.items.map((_, n) => (n === i ? quantity : zero))
    const quantity = portfolioLots(
      { offer: account.offer, lot, unitValue: item.unitValue, after: (of) => account.after(alone(of)) },
      item.held,
    )
    const { requirement } = account.after(alone(quantity))
    holds(atMost(requirement, account.offer.requirement), requirement, account.offer.requirement)
    if (!isPositive(quantity)) return
    const { exact } = account.after(alone(quantity))
    holds(lessThan(exact, account.before.exact), exact, account.before.exact)
  },
  'deleveraging what is no hedge never raises a margin, and a lot more would': (account, { at }) => {
    const i = at % Math.max(1, account.items.length)
    const item = account.items[i]
    if (item === undefined) return
    const marginAfter = (quantity: Decimal) =>
      account.after(account.items.map((_, n) => (n === i ? quantity : zero))).requirement
    const contribution = account.before.contributions()[i] ?? zero
    const closed = portfolioUnhedged({ held: item.held, lot, contribution }, account.offer.requirement, marginAfter)
    holds(atMost(marginAfter(closed), account.offer.requirement), closed)
    if (!isPositive(contribution) || equals(closed, item.held)) return
    holds(lessThan(account.offer.requirement, marginAfter(add(closed, lot))), closed, contribution)
  },
}

/** What holds of every fill of a portfolio, by the words in which it is said. */
export const fillLaws: Readonly<Record<string, (numRuns: number) => void>> = Object.fromEntries(
  Object.entries(fillLaw).map(([words, law]) => [
    words,
    (numRuns: number) =>
      fc.assert(
        fc.property(world, (of) => law(accountOf(of), of)),
        { numRuns },
      ),
  ]),
)
