import { backstop } from '@novation/clearing'
import { type Command, type CommandData, type CommandType, formatTime, type Millis } from '@novation/events'

export const instrument = 'BTC-PERP'
export const bidder = 'keeper-1'
const asset = 'USD'
const maker = 'maker'
const rich = '1000000000'

/** Where the price begins, and where the crash takes it. */
export const price = { start: 10_000, end: 6_000 } as const

/** The weak accounts fall below maintenance margin one after the other between these prices. */
const lines = { first: 9_400, last: 6_200 } as const
const maintenance = 0.05

/** How many accounts the crash liquidates; all others bear it. */
export const weakOf = (accounts: number): number => Math.min(accounts, 1_000)

export const accountOf = (index: number): string => `a-${index}`

/** Gives commands of one pool ids that begin with a name of their own. */
export const asking = (pool: string, name: string) => {
  let n = 0
  return <K extends CommandType>(actor: string, type: K, data: CommandData<K>): Command => {
    n += 1
    return { id: `${name}-${n}`, type, pool, actor, data } as unknown as Command
  }
}

type Asking = ReturnType<typeof asking>

export const tick = (ask: Asking, at: Millis, to: number): Command =>
  ask('oracle', 'PublishPrice', { instrument, price: to.toFixed(2), observedAt: formatTime(at) })

/** One unit long, with just the collateral that brings it to its line at a price of its own. */
const collateralOf = (index: number, weak: number): string => {
  const line = lines.first - ((lines.first - lines.last) * index) / weak
  return (price.start - (1 - maintenance) * line).toFixed(2)
}

/**
 * A pool of so many accounts, each with one position. The weak ones are long against a maker; the others are long and
 * short in pairs, and bear any price. A liquidation closes all of an account, so the crash liquidates each weak one once.
 */
export function* houseOf(pool: string, accounts: number, at: Millis): Generator<Command> {
  const ask = asking(pool, 'house')
  const weak = weakOf(accounts)
  const fund = (account: string, amount: string): readonly Command[] => [
    ask('venue', 'OpenAccount', { account }),
    ask('venue', 'Deposit', { account, asset, amount }),
  ]
  const trade = (buyer: string, seller: string): Command =>
    ask('venue', 'ClearTrade', { trade: `t-${buyer}`, instrument, buyer, seller, quantity: '1', price: '10000' })

  yield ask('operator', 'RegisterAsset', { asset, decimals: 2, settlement: true })
  yield ask('operator', 'ListInstrument', {
    instrument,
    kind: 'perpetual',
    settlementAsset: asset,
    lot: '0.001',
    margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: String(maintenance) }] },
  })
  yield ask('operator', 'SetPoolParameters', {
    priceTolerance_s: 86_400,
    wear_s: 86_400,
    callPeriod_s: 86_400,
    liquidation: { buffer: '1000', auction: { fastSeconds: 3_600, slowSeconds: 3_600, insolventSeconds: 3_600 } },
  })
  yield ask('operator', 'FundInsurance', { asset, amount: rich })
  for (const account of [maker, bidder, backstop]) yield* fund(account, rich)
  yield tick(ask, at, price.start)
  for (let i = 0; i < weak; i += 1) {
    yield* fund(accountOf(i), collateralOf(i, weak))
    yield trade(accountOf(i), maker)
  }
  for (let i = weak; i < accounts; i += 2) {
    yield* fund(accountOf(i), '100000')
    if (i + 1 === accounts) return
    yield* fund(accountOf(i + 1), '100000')
    yield trade(accountOf(i), accountOf(i + 1))
  }
}
