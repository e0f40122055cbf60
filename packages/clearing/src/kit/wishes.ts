import type { CommandData, MarginTerms, PoolParametersChange } from '@novation/events'
import type { Wish } from './world'

/** `100 USD` in two words. */
export const parseAmount = (text: string): { readonly amount: string; readonly asset: string } => {
  const [amount, asset] = text.split(' ')
  if (amount === undefined || asset === undefined) throw new RangeError(`an amount is like "100 USD", not "${text}"`)
  return { amount, asset }
}

/** Margin terms of one tier: `10 % initial, 5 % maintenance`. */
export const rates = (initial: string, maintenance: string): MarginTerms => ({
  model: 'tiered',
  tiers: [{ initial, maintenance }],
})

export const registerAsset = (
  asset: string,
  decimals: number,
  more: Omit<CommandData<'RegisterAsset'>, 'asset' | 'decimals'> = {},
): Wish => ({ type: 'RegisterAsset', data: { asset, decimals, ...more } })

/** What the pool takes of an asset from now on. */
export const assetParameters = (asset: string, more: Omit<CommandData<'SetAssetParameters'>, 'asset'>): Wish => ({
  type: 'SetAssetParameters',
  data: { asset, ...more },
})

/** A perpetual in USD at 10 % initial and 5 % maintenance margin, unless said otherwise. */
export const list = (instrument: string, more: Partial<CommandData<'ListInstrument'>> = {}): Wish => ({
  type: 'ListInstrument',
  data: { instrument, kind: 'perpetual', settlementAsset: 'USD', margin: rates('0.1', '0.05'), ...more },
})

/** Changes the margin or the liquidation terms of an instrument. */
export const instrumentParameters = (
  instrument: string,
  more: Omit<CommandData<'SetInstrumentParameters'>, 'instrument'>,
): Wish => ({ type: 'SetInstrumentParameters', data: { instrument, ...more } })

/** Opens an instrument, lets it be reduced only, or halts it. */
export const setState = (instrument: string, state: CommandData<'SetInstrumentState'>['state']): Wish => ({
  type: 'SetInstrumentState',
  data: { instrument, state },
})

/** Announces the end of an instrument. */
export const delist = (instrument: string, at: string): Wish => ({ type: 'DelistInstrument', data: { instrument, at } })

export const parameters = (change: PoolParametersChange): Wish<'SetPoolParameters'> => ({
  type: 'SetPoolParameters',
  data: change,
})

/** A market where nothing that comes in, and no price, is too far from the mark, and no notice too short: for scenarios about what happens then. */
export const wideBands = parameters({
  tradeBand: '1000000000',
  deviation: '1000000000',
  settlementBand: '1000000000',
  funding: { cap: '1', interval_s: 0 },
  notice_s: 0,
})

/** Prices that stay fresh for as long as a scenario takes. */
export const lastingPrices = parameters({ priceTolerance_s: 1_000_000, wear_s: 1_000_000 })

export const open = (account: string, margin?: 'cross' | 'isolated' | 'portfolio'): Wish => ({
  type: 'OpenAccount',
  data: { account, ...(margin === undefined ? {} : { margin }) },
})

export const deposit = (account: string, amount: string): Wish => ({
  type: 'Deposit',
  data: { account, ...parseAmount(amount) },
})

export const withdraw = (account: string, amount: string): Wish => ({
  type: 'Withdraw',
  data: { account, ...parseAmount(amount) },
})

export const fund = (amount: string, tranche?: 'fund' | 'skin-in-the-game'): Wish => ({
  type: 'FundInsurance',
  data: { ...parseAmount(amount), ...(tranche === undefined ? {} : { tranche }) },
})

/** The price of an instrument. */
export const price = (instrument: string, value: string, observedAt?: string): Wish => ({
  type: 'PublishPrice',
  data: { instrument, price: value, ...(observedAt === undefined ? {} : { observedAt }) },
})

/** The price of an asset, in the settlement asset. */
export const assetPrice = (asset: string, value: string): Wish => ({
  type: 'PublishPrice',
  data: { asset, price: value },
})

export const trade = (data: CommandData<'ClearTrade'>): Wish<'ClearTrade'> => ({ type: 'ClearTrade', data })

/** Takes a trade back that was a mistake. */
export const bust = (id: string): Wish => ({ type: 'BustTrade', data: { trade: id } })

export const funding = (instrument: string, rate: string): Wish => ({ type: 'PayFunding', data: { instrument, rate } })

export const settle = (instrument: string, at: string): Wish => ({
  type: 'SettleInstrument',
  data: { instrument, price: at },
})

export const callMargin = (account: string): Wish => ({ type: 'CallMargin', data: { account } })
export const closeCall = (account: string): Wish => ({ type: 'CloseCall', data: { account } })
export const callDebit = (account: string): Wish => ({ type: 'CallDebit', data: { account } })
export const closeDebit = (account: string): Wish => ({ type: 'CloseDebit', data: { account } })
export const startLiquidation = (account: string, cause: 'breach' | 'call' | 'debit' = 'breach'): Wish => ({
  type: 'StartLiquidation',
  data: { account, ...(cause === 'breach' ? {} : { cause }) },
})
export const endLiquidation = (liquidation: string): Wish => ({ type: 'EndLiquidation', data: { liquidation } })
export const deleverage = (liquidation: string): Wish => ({ type: 'Deleverage', data: { liquidation } })
export const closeOut = (liquidation: string): Wish => ({ type: 'CloseOut', data: { liquidation } })
export const coverLoss: Wish = { type: 'CoverLoss', data: {} }
export const passTime: Wish = { type: 'PassTime', data: {} }

/** A bid for a fraction of everything: `bid('alice:1', 'carol', '0.5')`, for some of one position: `'2 BTC-PERP'`, or for some of a coin: `'2 of ETH'`. */
export const bid = (liquidation: string, bidder: string, size: string): Wish<'BidLiquidation'> => {
  const [quantity = '', instrument, asset] = size.split(' ')
  if (instrument === undefined) return { type: 'BidLiquidation', data: { liquidation, bidder, fraction: quantity } }
  const item = asset === undefined ? { instrument } : { asset }
  return { type: 'BidLiquidation', data: { liquidation, bidder, ...item, quantity } }
}

/** The same wish from somebody else, under another id, at another time. */
export const as = (actor: string, wish: Wish): Wish => ({ ...wish, actor })
export const named = (id: string, wish: Wish): Wish => ({ ...wish, id })
