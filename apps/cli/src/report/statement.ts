import type { AccountStatement, Statement } from '@novation/clearing'
import { counted, readable } from './amounts'
import { table } from './table'

const shownAccounts = 15
const shownWork = 10

const verdict = ({ solvent, frozen, losses }: Statement): string =>
  [
    solvent
      ? 'Solvent: the prefunded layers cover every account below zero.'
      : `INSOLVENT: ${readable(losses.uncovered)} of losses are beyond the prefunded layers.`,
    frozen ? 'Withdrawals are frozen.' : 'Withdrawals are open.',
  ].join(' ')

/** Who may have written what it says. */
const identities: Readonly<Record<Statement['identity'], string>> = {
  open: 'Open: commands are taken at their word.',
  development: 'Development: commands are signed, with keys that anybody can make.',
  signed: "Signed: every command since identity was adopted is its sender's, proven.",
}

const assets = (statement: Statement): string =>
  table(
    [
      'asset',
      'custody#',
      'cap#',
      'owed to traders#',
      'owed by traders#',
      'liquidity#',
      'insurance#',
      'skin in the game#',
      'fees#',
      'dust#',
      'imbalance#',
    ],
    statement.assets.map((asset) => [
      asset.asset,
      readable(asset.custody),
      asset.cap === undefined ? 'none' : readable(asset.cap),
      readable(asset.credits),
      readable(asset.debits),
      readable(asset.liquidity),
      readable(asset.insurance),
      readable(asset.skinInTheGame),
      readable(asset.fees),
      readable(asset.dust, 6),
      asset.imbalance,
    ]),
  )

/** What is in of a coin bounds what a false price of it may cost, and nothing else does where it has no cap. */
const uncapped = ({ uncapped: coins }: Statement): readonly string[] =>
  coins.length === 0 ? [] : [`Without a cap: ${coins.join(', ')}.\n`]

const instruments = (statement: Statement): string =>
  table(
    ['instrument', 'mark#', 'open interest#', 'cost of longs#', 'cost of shorts#', 'price'],
    statement.instruments.map(({ instrument, mark, openInterest, longCost, shortCost, stale }) => [
      instrument,
      mark === undefined ? 'none yet' : readable(mark),
      readable(openInterest, 3),
      readable(longCost),
      readable(shortCost),
      stale ? 'stale' : 'fresh',
    ]),
  )

const statuses = ['bankrupt', 'liquidatable', 'restricted', 'healthy'] as const

const weakest = (accounts: readonly AccountStatement[]): readonly AccountStatement[] =>
  statuses.flatMap((status) => accounts.filter((account) => account.status === status)).slice(0, shownAccounts)

const accounts = (statement: Statement): string => {
  const counts = statuses.map((status) => {
    const count = statement.accounts.filter((account) => account.status === status).length
    return `${readable(String(count), 0)} ${status}`
  })
  const rows = weakest(statement.accounts).map(
    ({ account, status, equity, initialMargin, maintenanceMargin, positions }) => [
      account,
      status,
      readable(equity),
      readable(maintenanceMargin),
      readable(initialMargin),
      positions.map(({ instrument, quantity }) => `${quantity} ${instrument}`).join(', '),
    ],
  )
  const more = statement.accounts.length - rows.length
  return [
    `${counted(statement.accounts.length, 'account')}: ${counts.join(', ')}.`,
    table(['account', 'status', 'equity#', 'maintenance#', 'initial#', 'positions'], rows),
    ...(more > 0 ? [`… and ${counted(more, 'account')} more; all of them with --output=json.\n`] : []),
  ].join('\n')
}

const losses = ({ losses: paid }: Statement): string =>
  table(
    ['losses paid since the beginning by', 'amount#'],
    [
      ['operator (skin in the game)', readable(paid.skinInTheGame)],
      ['insurance fund', readable(paid.insurance)],
      ['everybody in profit (haircut)', readable(paid.socialized)],
      ['nobody yet', readable(paid.uncovered)],
    ],
  )

const purses = ({ purses: drawn }: Statement): readonly string[] =>
  drawn.length === 0
    ? []
    : [
        table(
          ['the layers have paid for', 'amount#', 'of at most#', 'until'],
          drawn.map(({ what, id, drawn: amount, cap, until }) => [
            `${what} ${id}`,
            readable(amount),
            readable(cap),
            until,
          ]),
        ),
      ]

const work = ({ open, inProgress }: Statement): string => {
  if (open.length + inProgress.length === 0) return 'Nothing is open.\n'
  const items = [
    ...inProgress.map(({ what, id, done, total }) => `${what} ${id}: ${done} of ${total} done`),
    ...open.map(({ what, id, due }) => `${what} ${id}${due === undefined ? '' : `, due ${due}`}`),
  ]
  const more = items.length - shownWork
  return `Open: ${items.slice(0, shownWork).join('; ')}${more > 0 ? `; and ${more} more` : ''}.\n`
}

/** The solvency statement in words and tables. Amounts are cut to two places; the JSON has them whole. */
export const describeStatement = (statement: Statement): string =>
  [
    `Pool ${statement.pool} at revision ${statement.revision}, ${statement.at}`,
    `State ${statement.stateHash}`,
    verdict(statement),
    identities[statement.identity],
    '',
    assets(statement),
    ...uncapped(statement),
    instruments(statement),
    accounts(statement),
    losses(statement),
    ...purses(statement),
    work(statement),
  ].join('\n')
