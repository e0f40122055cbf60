import type { Statement } from '@novation/clearing'
import { type Decimal, decimal, format, subtract, sum } from '@novation/decimal'
import { counted, readable } from '../report/amounts'
import { table } from '../report/table'
import { asset, backstopAccount, keepers } from './house'
import type { Tally } from './tally'

const largest = 3

const money = (amount: Decimal): string => readable(format(amount))

const top = (sums: ReadonlyMap<string, Decimal>): string => {
  const ranked = [...sums].sort(([a, x], [b, y]) => Number(format(y)) - Number(format(x)) || (a < b ? -1 : 1))
  return ranked
    .slice(0, largest)
    .map(([account, amount]) => `${account} ${money(amount)}`)
    .join(', ')
}

const count = ({ counts }: Tally, type: string): number => counts.get(type) ?? 0
const shown = (number: number): string => readable(String(number), 0)
const total = (sums: ReadonlyMap<string, Decimal>): string => money(sum([...sums.values()]))

const people = (tally: Tally): string => {
  const fills = (account: string): number => tally.fills.get(account) ?? 0
  const keeperFills = keepers.reduce((all, { account }) => all + fills(account), 0)
  return table(
    ['who', 'accounts#', 'what happened'],
    [
      [
        'called',
        shown(tally.called.size),
        `${counted(count(tally, 'MarginCall'), 'margin call')}: ${shown(tally.metInTime)} met in time, ${shown(count(tally, 'MarginCallMissed'))} missed the deadline`,
      ],
      [
        'liquidated',
        shown(tally.liquidated.size),
        `${counted(count(tally, 'Liquidated'), 'fill')} in auctions: ${shown(keeperFills)} by keepers, ${shown(fills(backstopAccount))} by the backstop`,
      ],
      [
        'deleveraged',
        shown(tally.deleveraged.size),
        tally.deleveraged.size === 0
          ? 'nobody'
          : `${counted(count(tally, 'Deleveraged'), 'close')} at the mark; they received ${total(tally.deleveraged)}`,
      ],
      [
        'haircut',
        shown(tally.haircut.size),
        tally.haircut.size === 0 ? 'nobody' : `gave ${total(tally.haircut)} of profit; most: ${top(tally.haircut)}`,
      ],
    ],
  )
}

/** The waterfall in its order: who paid how much of the losses. */
const waterfall = (tally: Tally, { losses, assets }: Statement): string => {
  const held = assets.find((one) => one.asset === asset)
  return table(
    ['waterfall', `paid (${asset})#`, 'left#', 'of#'],
    [
      [
        '1  operator, skin in the game',
        readable(losses.skinInTheGame),
        readable(held?.skinInTheGame ?? '0'),
        money(tally.funded['skin-in-the-game']),
      ],
      ['2  insurance fund', readable(losses.insurance), readable(held?.insurance ?? '0'), money(tally.funded.fund)],
      ['3  everybody in profit (haircut)', readable(losses.socialized), '', ''],
      ['   nobody yet', readable(losses.uncovered), '', ''],
    ],
  ).concat(`   The fund took in ${money(tally.charges)} of liquidation charges on the way.\n`)
}

const clockTime = (time: string): string => `${time.slice(5, 16).replace('T', ' ')}`

const freezes = ({ frozenAt, thawedAt }: Tally): string =>
  frozenAt.length === 0
    ? 'Withdrawals were never frozen.'
    : `Withdrawals were frozen ${shown(frozenAt.length)} time${frozenAt.length === 1 ? '' : 's'}: ${frozenAt
        .slice(0, largest)
        .map((from, i) => `${clockTime(from)} to ${thawedAt[i] === undefined ? 'now' : clockTime(thawedAt[i] ?? '')}`)
        .join(', ')}${frozenAt.length > largest ? ', …' : ''}.`

const traffic = (tally: Tally): string =>
  [
    counted(count(tally, 'PriceTick'), 'price'),
    counted(count(tally, 'TradeCleared'), 'trade'),
    counted(count(tally, 'FundingPaid'), 'funding payment'),
    counted(count(tally, 'CollateralDeposited'), 'deposit'),
    counted(count(tally, 'CollateralWithdrawn'), 'withdrawal'),
    counted(count(tally, 'InstrumentSettled'), 'settled future'),
  ].join(', ')

const turnedDown = ({ rejections }: Tally): string => {
  const all = [...rejections].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const number = all.reduce((sum, [, times]) => sum + times, 0)
  return number === 0
    ? ''
    : `Rejected: ${counted(number, 'command')} (${all.map(([code, times]) => `${code} ${shown(times)}`).join(', ')}).\n`
}

/** Where everything in custody belongs; what funding has taken from some and not yet brought to others is on its way. */
const balance = ({ assets, accounts, solvent, revision, stateHash }: Statement): string => {
  const held = assets.find((one) => one.asset === asset)
  if (held === undefined) return ''
  const { bonds = '0' } = held
  const parts = [held.owed, held.insurance, held.skinInTheGame, held.fees, held.dust, bonds, held.imbalance].map(
    decimal,
  )
  const transit = format(subtract(decimal(held.custody), sum(parts)))
  return [
    `In custody:  ${readable(held.custody, 6)} ${asset}`,
    `  owed to ${counted(accounts.length, 'account')}: ${readable(held.owed, 6)}, insurance ${readable(held.insurance, 6)}, operator ${readable(held.skinInTheGame, 6)}, ${bonds === '0' ? '' : `bonds of sources ${readable(bonds, 6)}, `}dust ${held.dust}, funding on its way ${transit}`,
    `Imbalance:   ${held.imbalance}. ${solvent ? 'Solvent.' : 'INSOLVENT.'}`,
    `Revision ${revision}, state ${stateHash}`,
  ].join('\n')
}

/** A demo's end in words and small tables. `head` is the hash of the last event. */
export const describeDemo = (tally: Tally, statement: Statement, head: string): string =>
  [
    `${traffic(tally)}.`,
    turnedDown(tally),
    people(tally),
    waterfall(tally, statement),
    freezes(tally),
    '',
    balance(statement),
    `Head ${head}`,
    '',
  ].join('\n')

const amounts = (sums: ReadonlyMap<string, Decimal>): Record<string, string> =>
  Object.fromEntries(
    [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, amount]) => [account, format(amount)]),
  )

/** The same for a program. */
export const demoSummary = (tally: Tally, statement: Statement, head: string) => ({
  head,
  events: Object.fromEntries([...tally.counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  rejections: Object.fromEntries([...tally.rejections].sort(([a], [b]) => (a < b ? -1 : 1))),
  called: [...tally.called].sort(),
  liquidated: [...tally.liquidated].sort(),
  fills: Object.fromEntries([...tally.fills].sort(([a], [b]) => (a < b ? -1 : 1))),
  deleveraged: amounts(tally.deleveraged),
  haircut: amounts(tally.haircut),
  frozen: tally.frozenAt.map((from, i) => ({ from, until: tally.thawedAt[i] })),
  statement,
})
