import { isNegative, zero } from '@novation/decimal'
import { formatTime, type Millis, parseTime } from '@novation/events'
import type { Pool } from '../state/pool'
import { bestIn, type Chronicle, eventsOf, type Law, wouldReject } from './append'

/** Who has nothing but a debt, and is not offered for sale; where there are coins, who owes for which they were offered in vain. */
const owing = ({ accounts, settlementAsset = '' }: Pool): readonly string[] =>
  [...accounts.values()]
    .filter(
      ({ positions, balances, liquidation, owing: so }) =>
        liquidation === undefined &&
        positions.size === 0 &&
        (balances.size === 1 || so !== undefined) &&
        isNegative(balances.get(settlementAsset) ?? zero),
    )
    .map(({ id }) => id)

/** Whether somebody below zero is offered for sale. */
const isSelling = ({ standing: { bankrupt }, accounts }: Pool): boolean =>
  [...bankrupt].some((id) => accounts.get(id)?.liquidation !== undefined)

/** Whether somebody has waited who still holds what nobody can deal in: since when, prices say. */
const waitedElse = ({ accounts }: Pool): boolean =>
  [...accounts.values()].some(({ positions, owing: so }) => positions.size > 0 && so?.windowOver === true)

/** Since when each who has nothing but a debt has had nothing else. */
type Debts = ReadonlyMap<string, Millis>

/**
 * A loss waits while others below zero are offered for sale, and no longer than the window of the oldest: when that is over, all that the layers
 * and profits can bear has been covered before anything else is asked.
 */
export const noLossWaitsTooLong: Chronicle = () => {
  let debts: Debts = new Map()
  let waited: ReadonlySet<string> = new Set()
  /** Why losses could not be covered when everything had been asked last: a cap that grows anew since then is seen when something happens. */
  let lastly: string | undefined = 'nothing-due'
  return ({ before, events, after }) => {
    const code = lastly
    const [first] = events
    const now = parseTime(first?.at ?? formatTime(before.at))
    const window = before.parameters.lossWindow_s * 1000
    const [so, ready] = [debts, [...debts.keys()].some((id) => waited.has(id))]
    const said = eventsOf(events, 'TimePassed').flatMap(({ data }) =>
      data.due.flatMap(({ what, id }) => (what === 'loss' ? [id] : [])),
    )
    // Who owed before with a leg that nobody can deal in goes on waiting when that is settled.
    debts = new Map(owing(after).map((id) => [id, debts.get(id) ?? before.accounts.get(id)?.owing?.since ?? now]))
    waited = new Set([...waited, ...said].filter((id) => debts.has(id)))
    const ask = { type: 'CoverLoss', actor: 'insurance', data: {} } as const
    lastly = debts.size === 0 ? 'nothing-due' : wouldReject(after, formatTime(after.at), ask)

    const early = said.find((id) => now < (so.get(id) ?? before.accounts.get(id)?.owing?.since ?? now) + window)
    if (early !== undefined) return `the window of ${early} is over at ${first?.at}, too soon`
    const { command, actor } = first?.metadata ?? {}
    if (command?.type === 'CoverLoss' && first?.type !== 'CommandRejected')
      return !isSelling(before) || ready || waitedElse(before)
        ? undefined
        : 'a loss is covered while others may join it'
    if (first === undefined || actor !== 'operator') return undefined
    // Coins may make up for a debt in cash: then it is nobody's loss, and nobody waits for it.
    const old = [...so].find(([id, since]) => since + window <= now && isNegative(bestIn(before, id)))
    return old === undefined || code === 'nothing-to-cover' || before.bulk !== undefined
      ? undefined
      : `the debt of ${old[0]} is older than the window, and not covered (${code ?? 'though it could be'})`
  }
}

/** Time stands still or goes on, whatever clock a command was sent by. */
export const timeNeverGoesBack: Law = ({ before, events }) => {
  let last = before.at
  for (const { at, type } of events) {
    if (parseTime(at) < last) return `${type} is at ${at}, after ${formatTime(last)}`
    last = parseTime(at)
  }
  return undefined
}

/** Each wish of each sender is decided once. */
export const everyCommandIsDecidedOnce: Chronicle = () => {
  const decided = new Set<string>()
  return ({ events }) => {
    const twice = events
      .flatMap(({ metadata: { command } }) => (command === undefined ? [] : [`${command.actor} ${command.id}`]))
      .find((key) => decided.size === decided.add(key).size)
    return twice && `${twice} is decided twice`
  }
}
