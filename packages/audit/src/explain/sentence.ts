import type { EventData, LedgerEvent } from '@novation/events'

const direction = (quantity: string): string => (quantity.startsWith('-') ? 'sells' : 'buys')
const size = (quantity: string): string => quantity.replace(/^-/, '')
const layerName = { fund: 'the insurance fund', 'skin-in-the-game': "the operator's own tranche" } as const
const purposeOf = {
  auction: 'in the auction',
  deleverage: 'before anybody is deleveraged',
  'write-off': 'to write its debt off',
} as const

const stateOf = {
  open: 'open',
  'reduce-only': 'reduced only',
  halted: 'halted: neither traded nor bid for',
} as const

const realisedOf = (
  account: string | undefined,
  positions: readonly { readonly account: string; readonly realised: string }[],
): string => {
  const mine = positions.find(({ account: id }) => id === account)
  return mine === undefined ? '' : `; ${account} realises ${mine.realised}`
}

const variationOf = (
  account: string | undefined,
  positions: readonly { readonly account: string; readonly amount: string }[],
): string => {
  const mine = positions.filter(({ account: id }) => id === account)
  return mine.length === 0 ? '' : `; to ${account} come ${mine.map(({ amount }) => amount).join(', ')}`
}

interface Share {
  readonly account: string
  readonly amount: string
  readonly instrument?: string
}

interface Drawing {
  readonly what: string
  readonly id: string
  readonly amount: string
  readonly cap: string
}

/** What of a payment counts under which cap. */
const underOf = (under: readonly Drawing[] = []): string =>
  under.length === 0
    ? ''
    : `; under the caps of ${under.map(({ what, id, amount, cap }) => `${what} ${id}, ${amount} of ${cap}`).join(', of ')}`

const ofProfit = ({ amount, instrument }: Share): string =>
  `${amount} of its profit${instrument === undefined ? '' : ` in ${instrument}`}`

const shareOf = (account: string | undefined, taken: readonly Share[], given: readonly Share[]): string => {
  const mine = ({ account: id }: Share): boolean => id === account
  const [loses, receives] = [taken.filter(mine), given.find(mine)]
  return [
    loses.length === 0 ? '' : `; ${account} loses ${loses.map(ofProfit).join(' and ')}`,
    receives === undefined ? '' : `; ${receives.amount} of the debt of ${account} is paid`,
  ].join('')
}

/** A worth, at the best or the worst that may have happened unseen, and which prices were missing; plain where none was. */
const atTheir =
  (which: string) =>
  ({ missing = [] }: { readonly missing?: readonly string[] }): string =>
    missing.length === 0 ? 'equity' : `equity at the ${which}, without a price of ${missing.join(', ')},`
const atBest = atTheir('best')
const atWorst = atTheir('worst')

const turnOf = ({ class: of, rank }: EventData<'Deleveraged'>): string => {
  if (of === 0) return 'who stands below the own line'
  const what = of > 2 ? 'a hedge' : 'no hedge'
  return `in place ${rank} of ${of % 2 === 1 ? 'those in profit' : 'the others'}, for whom it is ${what}`
}

/** How far the orders that a trade was shown are filled. */
const filledOf = (fills: Exclude<EventData<'TradeCleared'>['fills'], undefined> = []): string =>
  fills.map(({ account, order, filled }) => `; of order ${order} of ${account} ${filled} are filled`).join('')

/** What of an account its owner must have signed. */
const consents = { venue: '', withdrawals: 'leaves', orders: 'leaves or is traded in' } as const

const keysOf = (bindings: readonly { readonly actor: string; readonly key: string }[]): string =>
  bindings.map(({ actor, key }) => `${key} is a key of ${actor}`).join(', ')

const bustedOf = ({ account, held, reversed }: EventData<'TradeBusted'>['sides'][number]): string =>
  `${account} holds ${held}${reversed === '0' ? '' : `, and of what it had realised ${reversed} is taken back`}`

const termsOf = ({ haircut, from = 'now', cap, coinShare }: EventData<'AssetParametersSet'>): string =>
  [
    haircut === undefined
      ? ''
      : `; its haircut is ${haircut}, which liquidates nobody by what is higher of it before ${from}`,
    cap === undefined ? '' : `; the pool takes at most ${cap}`,
    coinShare === undefined ? '' : `; the layers bear at most ${coinShare} of what they hold for it`,
  ].join('')

/** In which state of its markets a portfolio would lose the most. */
const bound = ({ binding = [] }: Pick<EventData<'MarginCall'>, 'binding'>): string =>
  binding.length === 0
    ? ''
    : `; the worst for ${binding.map(({ underlying, row }) => `${underlying} is ${row}`).join(', ')}`

const whyStarted = (data: EventData<'LiquidationStarted'>): string => {
  if (data.cause === 'call') return `a margin call was missed, ${atBest(data)} ${data.equity}`
  if (data.cause === 'debit') return 'cash that is owed did not come in, and coins are sold for it'
  return `${atBest(data)} ${data.equity} is below maintenance margin ${data.maintenanceMargin}`
}

/** Who said what, and of whom something was passed over. */
const quotesOf = ({ taken, ignored }: EventData<'QuotesTaken'>): string => {
  const said = taken.map(({ source, base, currency, price }) => `${source} says ${price} ${currency} for ${base}`)
  const passed = ignored.map(({ source, why }) => `${source} is passed over (${why})`)
  return [...said, ...passed].join('; ')
}

/** Who saw what beside the price, and of whom something was passed over. */
const observationsOf = ({ taken, ignored }: EventData<'ObservationsTaken'>): string => {
  const seen = taken.map(({ source, base, kind }) => `${source} sees the ${kind} of ${base}`)
  const passed = ignored.map(({ source, why }) => `${source} is passed over (${why})`)
  return [...seen, ...passed].join('; ')
}

/**
 * What happened, in one sentence of the field's own words; with what it was for one account where many are meant.
 * Amounts are exact, in the settlement asset unless another is named.
 */
export const sentenceOf = ({ type, data, metadata }: LedgerEvent, account?: string): string => {
  switch (type) {
    case 'AssetRegistered':
      return `${data.asset} is registered with ${data.decimals} decimals${data.settlement ? '; the pool settles in it' : `, haircut ${data.haircut}`}`
    case 'AssetParametersSet':
      return `the terms of ${data.asset} are changed${termsOf(data)}`
    case 'InstrumentParametersSet':
      return `the terms of ${data.instrument} are changed${data.margin === undefined ? '' : `: initial margin counts by them at once, what is higher of maintenance margin from ${data.from ?? 'now'} on`}`
    case 'RiskModelSet':
      return `options on ${data.model.underlying} are margined by another model from now on`
    case 'ForwardTick':
      return `${data.underlying} for ${data.expiry} costs ${data.price}, at an index of ${data.index}`
    case 'ForwardHeld':
      return `${data.underlying} for ${data.expiry} may cost ${data.price}, too far from ${data.last} to be believed at once: held since ${data.since}`
    case 'VolatilityTick':
      return `the volatility of ${data.underlying} for ${data.expiry} is told anew, strike by strike`
    case 'CurveTick':
      return `the discount factors of ${data.curve} are told anew`
    case 'ExpiryFixed':
      return `all on ${data.underlying} that ends at ${data.expiry} is settled at ${data.price}`
    case 'ExpirySettled':
      return `${data.positions.length} positions in what ended on ${data.underlying} at ${data.expiry} are settled at ${data.price}${realisedOf(account, data.positions)}`
    case 'VariationSettled':
      return `what ${data.positions.length} positions have come to is cash now${variationOf(account, data.positions)}`
    case 'InstrumentListed':
      return `${data.instrument} is listed, a ${data.kind} settled in ${data.settlementAsset}`
    case 'InstrumentStateSet':
      return `${data.instrument} is ${stateOf[data.state]} from now on`
    case 'InstrumentDelisting':
      return `${data.instrument} expires at ${data.at}, and is reduced only until then`
    case 'InstrumentExpired':
      return `${data.instrument} has expired, ${data.fixing === undefined ? 'and waits for a price to be settled at: what its index comes to over time, or one that an operator names' : `and is settled at ${data.fixing}`}`
    case 'PoolParametersSet':
      return 'the parameters of the pool are set'
    case 'AccountOpened':
      return `account ${data.account} is opened, ${data.margin} margin${data.consent === undefined || data.consent === 'venue' ? '' : `; nothing ${consents[data.consent]} it without a key of its owner`}`
    case 'CollateralDeposited':
      return `${data.account} deposits ${data.amount} ${data.asset}`
    case 'CollateralWithdrawn':
      return `${data.account} withdraws ${data.amount} ${data.asset}`
    case 'InsuranceFunded':
      return `${layerName[data.tranche]} receives ${data.amount} ${data.asset}`
    case 'PriceTick':
      return `${data.instrument ?? data.asset} is marked at ${data.price}`
    case 'IndexSet':
      return `${data.terms.index} is made of ${data.terms.sources.map(({ source }) => source).join(', ')}; a quorum of them weighs ${data.terms.quorum}`
    case 'QuotesTaken':
      return quotesOf(data)
    case 'SourceEquivocated':
      return `${data.source} has signed two truths of ${data.base} at ${data.at}, and counts no more${data.bond === undefined ? '' : `; its bond of ${data.bond} is the insurance fund's`}`
    case 'ObservationsTaken':
      return observationsOf(data)
    case 'DepthObserved':
      return `of ${data.index} there are offered ${data.levels.map(({ bps, bid, ask }) => `${bid} bid and ${ask} asked within ${bps} bp`).join(', ')}`
    case 'SourceBonded':
      return `${data.source} puts up ${data.amount} ${data.asset} for what it signs`
    case 'BondReleased':
      return `${data.source} has ${data.amount} ${data.asset} of its bond back`
    case 'SourcesScored':
      return `the sources of ${data.index} are scored: ${data.halved.length === 0 ? 'all count in full' : `${data.halved.join(', ')} count half`}`
    case 'IndexTicked':
      return `${data.index} is ${data.price}, give or take ${data.confidence}, by ${data.sources.join(', ')}`
    case 'IndexHeld':
      return `${data.index} would be ${data.candidate}, ${data.why === 'band' ? 'outside its band' : `too far from ${data.last ?? 'nothing'} to be believed at once`}: held since ${data.observedAt}`
    case 'PriceHeld':
      return `${data.instrument ?? data.asset} may cost ${data.price}, too far from ${data.mark} to be believed at once: held since ${data.since}`
    case 'TradeCleared':
      return `trade ${data.trade}: ${data.buyer} buys ${data.quantity} ${data.instrument} from ${data.seller} at ${data.price}${filledOf(data.fills)}`
    case 'TradeBusted':
      return `trade ${data.trade}, cleared at revision ${data.corrects}, was a mistake and is taken back at ${data.price}: ${data.sides.map(bustedOf).join(', ')}`
    case 'PositionOpened':
    case 'PositionIncreased':
      return `${data.account} ${direction(data.quantity)} ${size(data.quantity)} ${data.instrument} at ${data.price} and now holds ${data.held}`
    case 'PositionReduced':
    case 'PositionClosed':
      return `${data.account} ${direction(data.quantity)} ${size(data.quantity)} ${data.instrument} at ${data.price}, realises ${data.realised} and now holds ${data.held}`
    case 'FundingPaid':
      return `holders of ${data.instrument} owe funding at ${data.rate} of the mark ${data.mark}; the index is ${data.index}`
    case 'FundingSettled':
      return `${data.account} settles funding of ${data.amount} on ${data.instrument}`
    case 'MarginCall':
      return `${data.account} is called for ${data.amount}: ${atBest(data)} ${data.equity} is below initial margin ${data.initialMargin} (maintenance ${data.maintenanceMargin}); until ${data.deadline}${bound(data)}`
    case 'MarginCallMet':
      return `the margin call of ${data.account} is met: ${atWorst(data)} ${data.equity}, initial margin ${data.initialMargin}`
    case 'MarginCallMissed':
      return `${data.account} has missed its margin call of ${data.amount}, due ${data.deadline}`
    case 'DebitCalled':
      return `${data.account} owes ${data.amount} in cash, with coins beside; they are sold for it where it does not come in until ${data.deadline}`
    case 'DebitMet':
      return `the debit of ${data.account} is met`
    case 'LiquidationStarted':
      return `liquidation ${data.liquidation} starts: ${whyStarted(data)}; the auction ends ${data.ends}${bound(data)}`
    case 'AuctionTurned':
      return `in liquidation ${data.liquidation} ${data.account} is ${data.solvent ? 'not below zero' : 'below zero'} now: equity ${data.equity}; its auction ${data.over ? 'is over' : 'goes on'}`
    case 'AuctionRestarted':
      return `the auction of ${data.liquidation} begins anew, ${data.solvent ? 'solvent again' : 'the account being insolvent now'}: equity ${data.equity}; it ends ${data.ends}`
    case 'Liquidated':
      return `${data.bidder} takes ${data.closed.length === 0 ? 'no position' : data.closed.map(({ instrument, quantity, price }) => `${size(quantity)} ${instrument} at ${price}`).join(', ')} of ${data.liquidation}: ${data.account} pays the bidder ${data.payment} and the fund ${data.charge}, of which the bidder is rewarded ${data.reward}`
    case 'CollateralSold':
      return `${data.bidder} buys ${data.quantity} ${data.asset} of ${data.liquidation} at ${data.price}, and pays ${data.account} ${data.paid} for it`
    case 'LiquidationEnded':
      return `liquidation ${data.liquidation} ends, the account ${data.reason}: ${atWorst(data)} ${data.equity}, maintenance margin ${data.maintenanceMargin}`
    case 'InsuranceDrawn':
      return `${layerName[data.layer]} pays ${data.amount} to ${data.to} for the default of ${data.defaulter}, ${purposeOf[data.purpose]}${underOf(data.under)}`
    case 'CollateralBought':
      return `the insurance fund buys ${data.quantity} ${data.asset} of ${data.account}, who owes, for ${data.paid}${underOf(data.under)}`
    case 'OwnerSetOff':
      return `${data.from} pays ${data.amount} of what ${data.to} owes, another account of ${data.owner}`
    case 'Deleveraged':
      return `${size(data.quantity)} ${data.instrument} of ${data.account} are closed at ${data.price} against ${data.counterparty}, ${turnOf(data)}${data.share === '0' ? '' : `, who receives ${data.share} of what the account was worth`}`
    case 'LossSocialized':
      return `a loss of ${data.loss} is socialised over profits of ${data.profits}: ${new Set(data.taken.map(({ account }) => account)).size} accounts are cut, ${data.given.length} debts paid; ${data.uncovered} is left uncovered${shareOf(account, data.taken, data.given)}`
    case 'InstrumentSettled':
      return `${data.instrument} is settled at ${data.price}, ${data.positions.length} positions${realisedOf(account, data.positions)}`
    case 'BulkStarted':
      return `the ${data.what} of ${data.accounts} accounts begins as ${data.bulk}`
    case 'BulkEnded':
      return `the ${data.what} ${data.bulk} is done for ${data.accounts} accounts`
    case 'PoolFrozen':
      return `withdrawals are frozen: ${data.shortfall} may be missing, the prefunded layers hold ${data.resources}`
    case 'PoolThawed':
      return `withdrawals are open again: ${data.shortfall} may be missing, the prefunded layers hold ${data.resources}`
    case 'TimePassed':
      return `time has come for ${data.due.map(({ what, id }) => `${what} ${id}`).join(', ')}`
    case 'ConsentSet':
      return `from ${data.from} on, ${data.consent === 'venue' ? `whoever may ask for it takes collateral out of ${data.account}` : `nothing ${consents[data.consent]} ${data.account} without a key of its owner`}`
    case 'OrderCancelled':
      return `${data.account} takes order ${data.order} back${data.until === undefined ? '' : `, as far as it could be filled until ${data.until}`}`
    case 'IdentityAdopted':
      return `commands are signed from now on, for the domain ${data.domain}; ${keysOf(data.keys)}${data.development ? ', which anybody can make' : ''}`
    case 'DomainRenewed':
      return `what was signed so far and not decided is void; the domain is ${data.domain}`
    case 'KeyRegistered':
      return `${data.key} is a key of ${data.actor} from ${data.activeFrom}`
    case 'KeyRevoked':
      return `${data.key} is revoked as ${data.reason}: ${data.bindings.map(({ actor, key }) => `${key} of ${actor}`).join(', ')} ${data.bindings.length === 1 ? 'counts' : 'count'} no more`
    case 'CommandRejected':
      return `${metadata.command?.type ?? 'a command'} ${data.command} is rejected: ${data.code}: ${data.reason}`
  }
}
