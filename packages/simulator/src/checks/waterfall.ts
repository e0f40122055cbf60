import { healthOf, houseBalance, profitOf } from '@novation/clearing'
import {
  add,
  type Decimal,
  decimal,
  format,
  greaterThan,
  isNegative,
  isPositive,
  lessThan,
  min,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'
import { bestOf, cents, equityOf } from './money'

const socializedOf = (events: readonly LedgerEvent[]) =>
  events.flatMap((event) => (event.type === 'LossSocialized' ? [event] : []))

/**
 * The operator's first tranche before the fund, and the prefunded layers before anybody's profit: while everybody in
 * deficit is covered at once and no cap is reached, a haircut leaves nothing behind in them.
 */
export const inOrder: Law = ({ before, after, events }) => {
  // In parts, others have been paid before: then what each default costs is held against the formula, in the end.
  if (before.bulk !== undefined) return undefined
  const drawn = events.flatMap((event) => (event.type === 'InsuranceDrawn' ? [event.data] : []))
  const firstTranche = decimal(before.parameters.waterfall.skinInTheGame)
  for (const { defaulter, layer, purpose } of drawn) {
    if (layer !== 'fund') continue
    const already = before.accounts.get(defaulter)?.inDefault?.drawn.skinInTheGame ?? zero
    const here = sum(
      drawn
        .filter((each) => each.defaulter === defaulter && each.layer === 'skin-in-the-game')
        .map(({ amount }) => decimal(amount)),
    )
    const usd = before.settlementAsset ?? ''
    const whole = [...before.accounts.values()].every(({ id }) => id === defaulter || !isNegative(bestOf(before, id)))
    const due = min(subtract(firstTranche, already), houseBalance(before, 'skin-in-the-game', usd))
    if (whole && purpose !== 'auction' && lessThan(here, due))
      return `the fund paid for ${defaulter} while ${format(subtract(due, here))} of the operator's tranche was due first`
  }
  const [socialized] = socializedOf(events)
  if (socialized === undefined || socialized.data.given.length === 0) return undefined
  if (before.liquidations.size > 0) return undefined
  // For whoever is below zero and does not owe yet, as with a coin whose price is stale, the layers keep what is his part.
  const isKeptFor = [...before.accounts.values()].some(
    (account) =>
      isNegative(healthOf(before, account).best) && (account.positions.size > 0 || account.owing === undefined),
  )
  if (isKeptFor) return undefined
  const usd = after.settlementAsset ?? ''
  const left = add(houseBalance(after, 'insurance', usd), houseBalance(after, 'skin-in-the-game', usd))
  const bound = [...after.purses.values()].some(({ cap, drawn }) => lessThan(subtract(cap, drawn), cents(100)))
  return isPositive(left) && !bound
    ? `profits were taken while the prefunded layers still hold ${format(left)}`
    : undefined
}

/** What a debtor's coins are worth is rounded down, each; there are two. */
const coinsRounding = 3

/** No defaulter comes out of it with money, no layer pays a deficit twice, and what is taken is what is given. */
export const neverOverpaid: Law = ({ before, after, events }) => {
  const helped = new Map<string, Decimal>()
  const count = (id: string, amount: string): void => {
    helped.set(id, add(helped.get(id) ?? zero, decimal(amount)))
  }
  for (const event of events)
    if (event.type === 'InsuranceDrawn' && event.data.purpose !== 'auction')
      count(event.data.defaulter, event.data.amount)
  for (const { data } of socializedOf(events)) {
    for (const { account, amount } of data.given) count(account, amount)
    const [taken, given] = [data.taken, data.given].map((shares) => sum(shares.map(({ amount }) => decimal(amount))))
    if (data.bulk === undefined && taken !== undefined && given !== undefined && greaterThan(given, taken))
      return `${format(given)} was given where ${format(taken)} was taken`
  }
  for (const [id, amount] of helped) {
    const deficit = negate(bestOf(before, id))
    if (greaterThan(amount, add(deficit, cents(coinsRounding))))
      return `${id} owed ${format(deficit)} and was paid ${format(amount)}`
  }
  const overpaid = socializedOf(events).flatMap(({ data }) =>
    data.given.filter(({ account }) => greaterThan(bestOf(after, account), cents(coinsRounding))),
  )
  return overpaid.length === 0 ? undefined : `${overpaid[0]?.account} is above zero after its loss was socialised`
}

/** A loss of one reaches at most the profit of another (risk 5), and haircuts are to the last unit what the formula says. */
export const principalUntouched: Law = ({ before, after, events }) => {
  for (const { data } of socializedOf(events)) {
    // What owners have paid with their other accounts is no profit of these any more.
    const paid = events.flatMap((event) => (event.type === 'OwnerSetOff' ? [decimal(event.data.amount)] : []))
    const profits = subtract(sum([...before.accounts.values()].map((account) => profitOf(before, account))), sum(paid))
    const debts = sum(data.given.map(({ amount }) => decimal(amount)))
    for (const { account: id, amount } of data.taken) {
      const account = before.accounts.get(id)
      if (account === undefined) continue
      const profit = profitOf(before, account)
      if (greaterThan(decimal(amount), profit))
        return `${id} lost ${amount} to others, more than its profit ${format(profit)}`
    }
    // In parts, what is given comes last: that is held against the whole at its end.
    if (data.bulk !== undefined) continue
    if (lessThan(decimal(data.loss), profits) && lessThan(debts, subtract(decimal(data.loss), cents(1))))
      return `profits of ${format(profits)} cover the loss of ${data.loss}, but only ${format(debts)} was given`
  }
  const asked = events.flatMap((event) => (event.type === 'Deleveraged' ? [event.data.counterparty] : []))
  if (socializedOf(events).length > 0) return undefined
  for (const id of new Set(asked)) {
    const equity = equityOf(before, id)
    const least = subtract(equity, cents(2 * asked.length))
    if (lessThan(equityOf(after, id), least) && !isNegative(equity))
      return `${id} gave, being deleveraged: it was worth ${format(equity)} and is worth ${format(equityOf(after, id))}`
  }
  return undefined
}
