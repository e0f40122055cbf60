import { trader } from '@novation/clearing'
import type { EventData, LedgerEvent } from '@novation/events'

const posted = (event: LedgerEvent, account: string): boolean => {
  const own = trader(account)
  return event.postings.some(({ account: book }) => book === own || book.startsWith(`${own}/`))
}

/** Whether what falls due is an account's: its call, its debit, its loss, or its auction, which is named after it. */
export const isDueFor = ({ what, id }: EventData<'TimePassed'>['due'][number], account: string): boolean => {
  if (what === 'auction') return id.replace(/:\d+$/, '') === account
  return (what === 'margin-call' || what === 'debit' || what === 'loss') && id === account
}

const names = ({ type, data, metadata }: LedgerEvent, account: string): boolean => {
  if ('account' in data && data.account === account) return true
  switch (type) {
    case 'TradeCleared':
      return data.buyer === account || data.seller === account
    case 'InsuranceDrawn':
      return data.defaulter === account || data.to === account
    case 'Deleveraged':
      return data.counterparty === account
    case 'Liquidated':
    case 'CollateralSold':
      return data.bidder === account
    case 'TimePassed':
      return data.due.some((item) => isDueFor(item, account))
    case 'CommandRejected': {
      const words: readonly unknown[] = Object.values(metadata.command?.data ?? {})
      return words.some((word) => word === account || (typeof word === 'string' && word.startsWith(`${account}:`)))
    }
    default:
      return false
  }
}

/** Whether an event is about an account: it moves something of its, or names it. */
export const isAbout = (event: LedgerEvent, account: string): boolean => posted(event, account) || names(event, account)

/** What the options on an underlying are marked and margined by. */
const isMarketOf = (
  type: LedgerEvent['type'],
  data: LedgerEvent['data'],
  holds: (name: string) => boolean,
): boolean => {
  if (type === 'CurveTick') return true
  if (type === 'RiskModelSet' && 'model' in data) return holds(data.model.underlying)
  return 'underlying' in data && data.underlying !== undefined && type !== 'InstrumentListed' && holds(data.underlying)
}

/** Whether an event may change where an account stands without being about it: a price, funding, new parameters. */
export const mayMove = ({ type, data }: LedgerEvent, holds: (name: string) => boolean): boolean =>
  (type === 'PriceTick' && holds(data.instrument ?? data.asset ?? '')) ||
  (type === 'FundingPaid' && holds(data.instrument)) ||
  (type === 'InstrumentSettled' && holds(data.instrument)) ||
  (type === 'InstrumentParametersSet' && holds(data.instrument)) ||
  (type === 'AssetParametersSet' && holds(data.asset)) ||
  (type === 'TimePassed' && data.due.some(({ what, id }) => (what === 'wear' || what === 'terms') && holds(id))) ||
  isMarketOf(type, data, holds) ||
  type === 'PoolParametersSet'
