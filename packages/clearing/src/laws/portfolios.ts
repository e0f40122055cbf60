import { equals, format, greaterThan, isNegative, sum } from '@novation/decimal'
import { judgeAll } from '../proof/snapshot'
import { healthOf } from '../state/health'
import type { Account, Health } from '../state/pool'
import { accountIn, type Law } from './append'

/** Whether anything of it is margined by a model. */
const isModelled = ({ margin, positions }: Account): boolean =>
  margin === 'portfolio' || [...positions.values()].some(({ instrument }) => instrument.option !== undefined)

const figures = ({ equity, worst, best, initial, callLine, maintenance, portfolio }: Health): string =>
  [...[equity, worst, best, initial, callLine, maintenance], ...[...(portfolio?.contributions.values() ?? [])]]
    .map(format)
    .join()

/** What is known of an account that a model margins is what it comes to anew: what moves only an underlying is not passed over. */
export const modelledIsAsAnew: Law = ({ after }) => {
  const accounts = [...after.accounts.values()].filter(isModelled)
  if (accounts.length === 0) return undefined
  const anew = judgeAll(after)
  for (const account of accounts) {
    const [known, is] = [figures(healthOf(after, account)), figures(healthOf(anew, accountIn(anew, account.id)))]
    if (known !== is) return `${account.id} is known to stand at ${known}, and stands at ${is}`
  }
  return undefined
}

/** What each of its positions requires makes up all of it, and no more than its scan allows. */
const wronglyAsked = ({ portfolio }: Health): string | undefined => {
  const requirement = portfolio?.requirement
  if (portfolio === undefined || requirement === undefined) return undefined
  const parts = sum([...portfolio.contributions.values()])
  if (!equals(parts, requirement.exact))
    return `parts of ${format(parts)} make up a requirement of ${format(requirement.exact)}`
  if (isNegative(requirement.exact) || greaterThan(requirement.maintenance, requirement.initial))
    return `maintenance margin of ${format(requirement.maintenance)} against ${format(requirement.initial)}`
  return greaterThan(requirement.scan, requirement.alone)
    ? `a scan of ${format(requirement.scan)} where each alone comes to ${format(requirement.alone)}`
    : undefined
}

const holdsOptionsOnly = ({ positions, balances }: Account): boolean =>
  balances.size <= 1 && [...positions.values()].every(({ instrument }) => instrument.option !== undefined)

/**
 * One requirement for a whole book is made up of what each position adds to it, and is never more than what its options would be
 * asked for one by one.
 */
export const portfoliosAreAskedTogether: Law = ({ after }) => {
  for (const account of after.accounts.values()) {
    if (account.margin !== 'portfolio' || account.positions.size === 0) continue
    const health = healthOf(after, account)
    const wrong = wronglyAsked(health)
    if (wrong !== undefined) return `${account.id}: ${wrong}`
    if (!holdsOptionsOnly(account)) continue
    const alone = after.rehearse(() => {
      after.set<Account, 'margin'>(account, 'margin', 'cross')
      return healthOf(after, account)
    })
    for (const figure of ['maintenance', 'initial'] as const)
      if (greaterThan(health[figure], alone[figure]))
        return `${account.id} is asked for ${format(health[figure])} together, and ${format(alone[figure])} one by one`
  }
  return undefined
}
