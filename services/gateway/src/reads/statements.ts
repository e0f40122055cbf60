import { left, right } from 'fp-ts/Either'
import { Asset, Instrument, Position, Solvency, StatementForm } from '../forms/statement'
import { problem } from '../http/problems'
import type { Moment } from '../moments/moment'
import { pageOfAll, read } from './read'

const whole = { query: {}, isList: false, isHeavy: true } as const
const list = { query: {}, isList: true, isHeavy: true } as const

/** The very words of `novation solvency --output=json`. */
export const statement = read({
  ...whole,
  path: '/statement',
  seenBy: 'pool',
  summary: 'The solvency statement, with every account',
  answers: StatementForm,
  read: (moment) => right({ json: moment.statement() }),
})

export const solvency = read({
  ...whole,
  path: '/solvency',
  seenBy: 'pool',
  summary: 'The solvency statement, without the accounts',
  answers: Solvency,
  read: (moment) => {
    const { accounts: _, ...rest } = moment.statement()
    return right({ json: rest })
  },
})

export const assets = read({
  ...list,
  path: '/assets',
  seenBy: 'pool',
  summary: 'What the house holds and owes of each asset',
  answers: Asset,
  read: (moment, { page }) => right(pageOfAll(moment.statement().assets, (one) => one.asset, page)),
})

export const instruments = read({
  ...list,
  path: '/instruments',
  seenBy: 'public',
  summary: 'Mark, open interest and cost of each instrument',
  answers: Instrument,
  read: (moment, { page }) => right(pageOfAll(moment.statement().instruments, (one) => one.instrument, page)),
})

const instrumentIn = (moment: Moment, id: string | undefined) =>
  moment.statement().instruments.find(({ instrument }) => instrument === id)

export const instrument = read({
  ...whole,
  path: '/instruments/:instrument',
  seenBy: 'public',
  summary: 'Mark, open interest and cost of one instrument',
  answers: Instrument,
  read: (moment, { params: { instrument: id } }) => {
    const found = instrumentIn(moment, id)
    return found === undefined
      ? left(problem('not-found', `there is no instrument ${id} at revision ${moment.pool.revision}`))
      : right({ json: found })
  },
})

/** By account, then by instrument. A slash is in no id, and comes before every letter of one. */
export const positions = read({
  ...list,
  path: '/positions',
  seenBy: 'pool',
  summary: 'Every open position',
  answers: Position,
  read: (moment, { page }) =>
    right(
      pageOfAll(
        moment
          .statement()
          .accounts.flatMap(({ account, positions: held }) => held.map((position) => ({ account, ...position })))
          .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
        keyOf,
        page,
      ),
    ),
})

const keyOf = (one: { readonly account: string; readonly instrument: string }): string =>
  `${one.account}/${one.instrument}`
