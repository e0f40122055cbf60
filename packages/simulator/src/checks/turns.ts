import { auctionNow, type Liquidation, type Pool, process } from '@novation/clearing'
import { isNegative, isPositive, zero } from '@novation/decimal'
import type { Command } from '@novation/events'
import type { Group, Law } from './law'
import { bestOf } from './money'

const backstop = 'backstop'

/** Whether the backstop is there to bid against somebody: with cash, and not being liquidated itself. */
const stands = (pool: Pool, against: string): boolean => {
  const keeper = pool.accounts.get(backstop)
  return (
    keeper !== undefined &&
    keeper.id !== against &&
    keeper.liquidation === undefined &&
    isPositive(keeper.balances.get(pool.settlementAsset ?? '') ?? zero)
  )
}

/** Whether it was said that an auction is over, or its time has come and the clock has yet to say so. */
const isOver = (pool: Pool, id: string, open: Liquidation, at: number): boolean => {
  const account = pool.accounts.get(id)
  if (open.over || account === undefined) return open.over
  const { endsAt } = auctionNow(pool, account, open)
  return endsAt !== undefined && endsAt <= at
}

/** Nobody is deleveraged or closed out before the auction is over, said or not yet, and the backstop has had its turn. */
export const backstopFirst: Law = ({ before, events }) => {
  const [first] = events
  const command = first?.metadata.command
  if (first === undefined || (command?.type !== 'Deleverage' && command?.type !== 'CloseOut')) return undefined
  const id = before.liquidations.get(command.data.liquidation) ?? ''
  const open = before.accounts.get(id)?.liquidation
  if (open === undefined || !isOver(before, id, open, Date.parse(first.at)))
    return `${id} is deleveraged while its auction is open`
  return !open.backstopped && stands(before, id) ? `${id} is deleveraged before the backstop had its turn` : undefined
}

const leastOf = (command: Command): Command =>
  command.type === 'BidLiquidation'
    ? { ...command, id: `${command.id}-least`, data: { ...command.data, fraction: '0.0009765625' } }
    : command

/**
 * The backstop's turn ends unused only where its margin does not bear even the least of it. A bid that was made before
 * something else happened may come too late for what it was made for.
 */
export const bearsWhatItCan = (): Law => {
  /** The last thing that was done, and the rejections since: whoever asks because of one of these asks of what is. */
  let latest = new Set<string>()
  return (group) => {
    const wrong = unusedTurn(group, latest)
    if (group.events[0]?.type !== 'CommandRejected') latest = new Set()
    for (const { id } of group.events) latest.add(id)
    return wrong
  }
}

const unusedTurn = ({ before, events: [first] }: Group, latest: ReadonlySet<string>): string | undefined => {
  const command = first?.metadata.command
  if (first?.type !== 'CommandRejected' || command?.type !== 'BidLiquidation') return undefined
  if (!latest.has(command.causationId ?? '')) return undefined
  if (command.actor !== `keeper:${backstop}` || first.data.code !== 'insufficient-margin') return undefined
  const least = process(before, leastOf(command), before.at)
  return least.tag === 'decided' && least.rejection === undefined
    ? `the backstop bears a part of ${command.data.liquidation}, and took nothing`
    : undefined
}

/** Whether somebody below zero is offered for sale, or is to be. */
const isSelling = ({ standing: { bankrupt, duties }, accounts }: Pool): boolean =>
  [...bankrupt].some((id) => duties.start.has(id) || accounts.get(id)?.liquidation !== undefined)

/** protocol 19: who owes waits while others below zero are offered for sale, but no longer than the window of the oldest. */
export const waitsNoLonger: Law = ({ before, events: [first] }) => {
  if (first?.type !== 'CommandRejected' || first.metadata.command?.type !== 'CoverLoss') return undefined
  if (first.data.code !== 'nothing-due') return undefined
  const owing = [...before.accounts.values()].filter(
    ({ id, owing, liquidation, positions, balances }) =>
      owing !== undefined &&
      liquidation === undefined &&
      positions.size === 0 &&
      balances.size === 1 &&
      isNegative(bestOf(before, id)),
  )
  const waited = owing.find((account) => account.owing?.windowOver === true)
  if (waited !== undefined) return `the loss of ${waited.id} waits on, though its window is over`
  return owing.length > 0 && !isSelling(before) ? `${owing[0]?.id} owes, and nobody is offered for sale` : undefined
}
