import type { LedgerEvent } from '@novation/events'

/** What an event added to a balance, or that it changed something else. */
export interface Movement {
  readonly revision: number
  readonly type: string
  readonly amount?: string
}

/** The events behind one difference: how many, and the latest of them. */
export interface Movements {
  readonly count: number
  readonly events: readonly Movement[]
}

/** So many events are named for one difference; of the others it is said how many there were. */
const named = 100

const none: Movements = { count: 0, events: [] }

/** Notes which events moved what, under names that the differences ask for again. */
export interface Register {
  readonly note: (event: LedgerEvent) => void
  readonly of: (key: string) => Movements
}

export const balanceKey = (account: string, asset: string): string => `balance ${account} ${asset}`
export const priceKey = (name: string): string => `price ${name}`
export const standingKey = (account: string): string => `standing ${account}`
export const parametersKey = 'parameters'
export const frozenKey = 'frozen'

const keysOf = ({ type, data }: LedgerEvent): readonly string[] => {
  switch (type) {
    case 'PriceTick':
      return [priceKey(data.instrument ?? data.asset ?? '')]
    case 'FundingPaid':
      return [`funding ${data.instrument}`]
    case 'PoolParametersSet':
      return [parametersKey]
    case 'PoolFrozen':
    case 'PoolThawed':
      return [frozenKey]
    case 'MarginCall':
    case 'MarginCallMet':
    case 'MarginCallMissed':
    case 'DebitCalled':
    case 'DebitMet':
    case 'LiquidationStarted':
    case 'AuctionTurned':
    case 'LiquidationEnded':
    case 'AccountOpened':
      return [standingKey(data.account)]
    default:
      return []
  }
}

/** A trader's own name in a book: `trader/alice/BTC-PERP` is alice's. */
const traderOf = (book: string): string | undefined => {
  const [kind, id] = book.split('/')
  return kind === 'trader' ? id : undefined
}

export const newRegister = (): Register => {
  const found = new Map<string, { count: number; events: Movement[] }>()
  const put = (key: string, movement: Movement): void => {
    const entry = found.get(key) ?? { count: 0, events: [] }
    entry.count += 1
    entry.events.push(movement)
    if (entry.events.length > named) entry.events.shift()
    found.set(key, entry)
  }
  return {
    note: (event) => {
      const { revision, type } = event
      for (const key of keysOf(event)) put(key, { revision, type })
      const traders = new Set<string>()
      for (const { account, asset, amount } of event.postings) {
        put(balanceKey(account, asset), { revision, type, amount })
        const trader = traderOf(account)
        if (trader !== undefined) traders.add(trader)
      }
      for (const trader of traders) put(standingKey(trader), { revision, type })
    },
    of: (key) => found.get(key) ?? none,
  }
}
