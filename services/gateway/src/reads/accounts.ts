import { type AccountStatement, accountStatement, healthOf, type Pool, type Status } from '@novation/clearing'
import { oneOf } from '@novation/events'
import { left, right } from 'fp-ts/Either'
import { problem } from '../http/problems'
import { Name } from './name'
import { pageOf, read } from './read'

const statuses = ['healthy', 'restricted', 'liquidatable', 'bankrupt'] as const satisfies readonly Status[]

const accountIn = (pool: Pool, id: string): AccountStatement | undefined => {
  const account = pool.accounts.get(id)
  return account === undefined ? undefined : accountStatement(pool, { account, health: healthOf(pool, account) })
}

export const account = read({
  path: '/accounts/:account',
  seenBy: 'owner',
  summary: 'One account, as the statement has it',
  query: {},
  isList: false,
  isHeavy: false,
  read: ({ pool }, { params: { account: id = '' } }) => {
    const found = accountIn(pool, id)
    return found === undefined
      ? left(problem('not-found', `there is no account ${id} at revision ${pool.revision}`))
      : right({ json: found })
  },
})

export const accounts = read({
  path: '/accounts',
  seenBy: 'pool',
  summary: 'Every account, as the statement has it',
  query: { status: oneOf(...statuses), instrument: Name },
  isList: true,
  isHeavy: true,
  read: (moment, { query: { status, instrument }, page }) =>
    right(
      pageOf(
        moment.accounts(),
        (id) => id,
        page,
        (id) => {
          if (instrument !== undefined && moment.pool.accounts.get(id)?.positions.has(instrument) !== true)
            return undefined
          const found = accountIn(moment.pool, id)
          return status === undefined || found?.status === status ? found : undefined
        },
      ),
    ),
})
