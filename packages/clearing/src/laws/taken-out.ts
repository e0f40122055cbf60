import { format, isNegative, lessThan, zero } from '@novation/decimal'
import { keptBy, profitOf } from '../state/profit'
import { accountIn, eventsOf, type Law } from './append'

/**
 * Whoever takes something out leaves what another's default could still have asked for, and no debt that only positions stand
 * behind. What funding brings with it may count for less than it did, so such a withdrawal is passed by.
 */
export const nothingFreshLeaves: Law = ({ before, events, after }) => {
  if (eventsOf(events, 'FundingSettled').length > 0) return undefined
  for (const { data } of eventsOf(events, 'CollateralWithdrawn')) {
    const [was, is] = [accountIn(before, data.account), accountIn(after, data.account)]
    const [could, can] = [profitOf(before, was, zero, after.at), profitOf(after, is, zero, after.at)]
    if (lessThan(can, could))
      return `${data.account} takes out ${data.amount} ${data.asset}, and could be asked for ${format(can)}, no more for ${format(could)}`
    const { held } = keptBy(after, is)
    if (isNegative(held)) return `${data.account} leaves ${format(held)} of coins and cash`
  }
  return undefined
}
