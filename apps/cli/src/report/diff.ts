import type { BalanceDifference, Diff, Movements, StatusDifference } from '@novation/audit'
import { counted, readable } from './amounts'
import { table } from './table'

const shownRows = 25

/** The events behind a difference, in a few words. */
const because = ({ count, events }: Movements): string => {
  const last = events.slice(-3).map(({ revision, type }) => `${type} ${revision}`)
  return `${last.join(', ')}${count > last.length ? ` and ${count - last.length} before` : ''}`
}

const places = (asset: string): number => (asset.includes('-') ? 6 : 2)

const section = (title: string, headings: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return ''
  const more = rows.length - shownRows
  return `${title}\n${table(headings, rows.slice(0, shownRows))}${more > 0 ? `… and ${more} more; all of them with --output=json.\n` : ''}\n`
}

const balances = (title: string, all: readonly BalanceDifference[]): string =>
  section(
    title,
    ['account', 'asset', 'from#', 'to#', 'change#', 'because of'],
    all.map(({ account, asset, from, to, change, because: events }) => [
      account,
      asset,
      readable(from, places(asset)),
      readable(to, places(asset)),
      readable(change, places(asset)),
      because(events),
    ]),
  )

const stood = (side: StatusDifference['from']): string =>
  side === undefined ? 'not there' : `${side.status}, equity ${readable(side.equity)}`

const statuses = (all: readonly StatusDifference[]): string =>
  section(
    'Accounts that stand elsewhere',
    ['account', 'from', 'to', 'because of'],
    all.map(({ account, from, to, because: own, prices }) => [
      account,
      stood(from),
      stood(to),
      [...prices.map((price) => price.because), own]
        .filter(({ count }) => count > 0)
        .map(because)
        .join('; '),
    ]),
  )

/** A difference in words and tables; amounts are cut to a few places, and the JSON has them whole. */
export const describeDiff = (found: Diff): string =>
  [
    `Pool ${found.pool} from revision ${found.from} to ${found.to}: ${counted(found.events, 'event')}.\n\n`,
    statuses(found.statuses),
    section(
      'Prices',
      ['name', 'from#', 'to#', 'because of'],
      found.prices.map(({ name, from = 'none', to = 'none', because: ticks }) => [name, from, to, because(ticks)]),
    ),
    balances('Positions (quantity, and cash: minus the cost)', found.positions),
    balances('Collateral', found.balances),
    balances('Funds and the house', found.funds),
    found.frozen === undefined
      ? ''
      : `Withdrawals were ${found.frozen.from ? 'frozen' : 'open'} and are ${found.frozen.to ? 'frozen' : 'open'}: ${because(found.frozen.because)}.\n`,
    found.parameters === undefined ? '' : `The parameters of the pool were set: ${because(found.parameters)}.\n`,
  ].join('')
