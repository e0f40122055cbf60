import {
  type AccountStatement,
  accountStatement,
  healthOf,
  type Instrument,
  missingFor,
  type Pool,
  portfolioStatement,
  type Queue,
  queueOf,
  type Status,
  type Valued,
} from '@novation/clearing'
import { format } from '@novation/decimal'
import { formatTime, oneOf } from '@novation/events'
import { left, right } from 'fp-ts/Either'
import { Account, MarginForm, QueueForm } from '../forms/statement'
import { type Problem, problem } from '../http/problems'
import { roomOf } from '../moments/orders'
import { Name } from './name'
import { pageOf, rankedPage, read } from './read'

const statuses = ['healthy', 'restricted', 'liquidatable', 'bankrupt'] as const satisfies readonly Status[]

const accountIn = (pool: Pool, id: string, queue?: Queue): AccountStatement | undefined => {
  const account = pool.accounts.get(id)
  return account === undefined ? undefined : accountStatement(pool, { account, health: healthOf(pool, account) }, queue)
}

const unknown = ({ revision }: Pool, id: string): Problem =>
  problem('not-found', `there is no account ${id} at revision ${revision}`)

export const account = read({
  path: '/accounts/:account',
  seenBy: 'owner',
  summary: 'One account, as the statement has it but for its place in the deleveraging queue',
  query: {},
  answers: Account,
  isList: false,
  isHeavy: false,
  read: ({ pool }, { params: { account: id = '' } }) => {
    const found = accountIn(pool, id)
    return found === undefined ? left(unknown(pool, id)) : right({ json: found })
  },
})

/** When each position of one account would be closed for the default of another: all who hold the same are put in order for it. */
export const queue = read({
  path: '/accounts/:account/queue',
  seenBy: 'owner',
  summary: 'When each position of one account would be closed for the default of another',
  query: {},
  answers: QueueForm,
  isList: false,
  isHeavy: true,
  read: ({ pool }, { params: { account: id = '' } }) => {
    const found = pool.accounts.get(id)
    if (found === undefined) return left(unknown(pool, id))
    const held = healthOf(pool, found).positions.map(({ instrument }) => instrument)
    const places = [...queueOf(pool, held)].flatMap(([instrument, all]) => {
      const place = all.get(id)
      return place === undefined ? [] : [{ instrument, ...place }]
    })
    return right({ json: { account: id, places } })
  },
})

export const accounts = read({
  path: '/accounts',
  seenBy: 'pool',
  summary: 'Every account, as the statement has it',
  query: { status: oneOf(...statuses), instrument: Name, sort: oneOf('account', 'room', 'equity') },
  answers: Account,
  isList: true,
  isHeavy: true,
  read: ({ pool, ...moment }, { query: { status, instrument, sort = 'account' }, page }) => {
    const all = sort === 'account' ? moment.accounts() : moment.inOrder[sort]()
    const ids = instrument === undefined ? all : all.filter((id) => pool.accounts.get(id)?.positions.has(instrument))
    const pick = (id: string) => {
      const found = accountIn(pool, id, moment.queue())
      return status === undefined || found?.status === status ? found : undefined
    }
    return right(sort === 'account' ? pageOf(ids, (id) => id, page, pick) : rankedPage(ids, page, pick))
  },
})

/** What an option is on, where it ends, and at what it pays. */
const termsOf = ({ underlying, expiry, option }: Instrument) =>
  option === undefined || expiry === undefined
    ? {}
    : {
        option: {
          underlying,
          optionType: option.optionType,
          strike: format(option.strike),
          expiry: formatTime(expiry),
        },
      }

/** What a position adds, at the last prices and at the worst and best that may have happened unseen. */
const positionMargin = ({ instrument, quantity, mark, notional, live, unrealised, ...figures }: Valued) => ({
  instrument: instrument.id,
  ...termsOf(instrument),
  quantity: format(quantity),
  mark: format(mark),
  notional: format(notional),
  live,
  unrealizedPnl: format(unrealised),
  accruedFunding: format(figures.accrued),
  worst: format(figures.worst),
  best: format(figures.best),
  initialMargin: format(figures.initial),
  maintenanceMargin: format(figures.maintenance),
  ...(instrument.price === undefined ? {} : { observedAt: formatTime(instrument.price.observedAt) }),
})

/** Where an account stands, and why: each line it is held to, and what each position and coin adds to it. */
export const margin = read({
  path: '/accounts/:account/margin',
  seenBy: 'owner',
  summary: 'The margin of one account, taken apart',
  query: {},
  answers: MarginForm,
  isList: false,
  isHeavy: false,
  read: ({ pool }, { params: { account: id = '' } }) => {
    const found = pool.accounts.get(id)
    if (found === undefined) return left(unknown(pool, id))
    const health = healthOf(pool, found)
    const missing = missingFor(pool, found)
    return right({
      json: {
        account: id,
        status: health.status,
        equity: format(health.equity),
        worst: format(health.worst),
        best: format(health.best),
        initialMargin: format(health.initial),
        callLine: format(health.callLine),
        maintenanceMargin: format(health.maintenance),
        haircuts: format(health.collateral.cutBest),
        room: format(roomOf(health)),
        ...(missing.length === 0 ? {} : { missing }),
        ...portfolioStatement(health.portfolio),
        positions: health.positions.map(positionMargin),
      },
    })
  },
})
