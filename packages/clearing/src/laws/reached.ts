import { decimal, isPositive } from '@novation/decimal'
import { type EventData, type EventType, type LedgerEvent, parseTime } from '@novation/events'
import { backstop } from '../state/names'
import { eventsOf } from './append'

type Events = readonly LedgerEvent[]
type Sign = (events: Events) => boolean

/** An event of this kind, of which this is true. */
const some =
  <K extends EventType>(type: K, is: (data: EventData<K>) => boolean = () => true): Sign =>
  (events) =>
    eventsOf(events, type).some(({ data }) => is(data as EventData<K>))

/** Two events of this kind that agree in this. */
const two =
  <K extends EventType>(type: K, key: (data: EventData<K>) => string): Sign =>
  (events) => {
    const keys = eventsOf(events, type).map(({ data }) => key(data as EventData<K>))
    return new Set(keys).size < keys.length
  }

const due = (what: string): Sign => some('TimePassed', (data) => data.due.some((item) => item.what === what))

const bidsRejected =
  (code: string): Sign =>
  (events) =>
    eventsOf(events, 'CommandRejected').some(
      ({ data, metadata }) => metadata.actor === `keeper:${backstop}` && data.code === code,
    )

const rejected = (code: string): Sign => some('CommandRejected', (data) => data.code === code)

/** One default for which more than one command drew on the prefunded layers. */
const drawnOnTwice: Sign = (events) => {
  const steps = eventsOf(events, 'InsuranceDrawn').map(({ data, metadata }) => [data.defaulter, metadata.commandId])
  return new Set(steps.map(String)).size > new Set(steps.map(([defaulter]) => defaulter)).size
}

/** A loss covered at once for two who had lost their last position at different times. */
const differentAges: Sign = (events) => {
  const flatSince = new Map<string, string>()
  const ages = new Map<string, Set<string | undefined>>()
  const owes = (command: string, account: string) =>
    ages.set(command, (ages.get(command) ?? new Set()).add(flatSince.get(account)))
  for (const { type, data, at, metadata } of events) {
    if (type === 'InstrumentSettled') for (const { account } of data.positions) flatSince.set(account, at)
    if (type === 'LiquidationEnded') flatSince.set(data.account, at)
    if (type === 'InsuranceDrawn' && data.purpose === 'write-off') owes(metadata.commandId, data.defaulter)
    if (type === 'LossSocialized') for (const { account } of data.given) owes(metadata.commandId, account)
  }
  return [...ages.values()].some(({ size }) => size > 1)
}

const lateClock: Sign = (events) =>
  events.some(({ at, metadata: { command } }) => command?.at !== undefined && parseTime(command.at) < parseTime(at))

/** As a world names its series. */
const isOption = (instrument: string): boolean => instrument.startsWith('O')

const closedSome = (is: (instrument: string) => boolean): Sign =>
  some('Liquidated', ({ closed }) => closed.some(({ instrument }) => is(instrument)))

/** What a world may come to, and how its history shows that it did. */
const signs = {
  'a margin call': some('MarginCall'),
  'a call met': some('MarginCallMet'),
  'a call missed': some('MarginCallMissed'),
  'a debit that was called': some('DebitCalled'),
  'a debit met': some('DebitMet'),
  'coins sold for a debit': some('LiquidationStarted', ({ cause }) => cause === 'debit'),
  'a liquidation': some('LiquidationStarted'),
  'a liquidation for a call that was missed': some('LiquidationStarted', ({ cause }) => cause === 'call'),
  'an account that falls below zero in its auction': some('AuctionTurned', ({ solvent }) => !solvent),
  'one that rises from there': some('AuctionTurned', ({ solvent }) => solvent),
  'two turns of one auction': two('AuctionTurned', ({ liquidation }) => liquidation),
  'a premium': some('InsuranceDrawn', ({ purpose }) => purpose === 'auction'),
  'a fill of a solvent account': some('Liquidated', ({ solvent }) => solvent),
  'a fill of an insolvent account': some('Liquidated', ({ solvent }) => !solvent),
  'two fills of one liquidation': two('Liquidated', ({ liquidation }) => liquidation),
  'a fill of several positions': some('Liquidated', ({ closed }) => closed.length > 1),
  'a coin sold': some('CollateralSold'),
  'coins offered in vain': some('LiquidationEnded', ({ reason }) => reason === 'closed-out'),
  'a coin bought by the fund': some('CollateralBought'),
  'the backstop': some('Liquidated', ({ bidder }) => bidder === backstop),
  'a backstop too poor': bidsRejected('insufficient-margin'),
  'a recovery': some('LiquidationEnded', ({ reason }) => reason === 'restored'),
  'a deleveraging': some('LiquidationEnded', ({ reason }) => reason === 'deleveraged'),
  'a deleveraging of an account that is worth something': some('Deleveraged', ({ share }) =>
    isPositive(decimal(share)),
  ),
  'a deleveraging of a hedge': some('Deleveraged', ({ class: of }) => of > 2),
  'a deleveraging against who is below the own line': some('Deleveraged', ({ class: of }) => of === 0),
  'two positions with one counterparty': two('Deleveraged', (data) => `${data.liquidation} ${data.counterparty}`),
  'a draw on a prefunded layer': some('InsuranceDrawn'),
  'two steps of one default': drawnOnTwice,
  'a write-off': some('InsuranceDrawn', ({ purpose }) => purpose === 'write-off'),
  'a debt set off among the accounts of an owner': some('OwnerSetOff'),
  'a haircut': some('LossSocialized'),
  'a haircut for two debtors': some('LossSocialized', ({ given }) => given.length > 1),
  'debtors of different age': differentAges,
  'a loss that has waited its window': due('loss'),
  'caps that count anew': due('caps'),
  'a freeze': some('PoolFrozen'),
  'a thaw': some('PoolThawed'),
  'a settlement in parts': some('BulkEnded', ({ what }) => what === 'settlement'),
  'a deleveraging in parts': some('BulkEnded', ({ what }) => what === 'deleveraging'),
  'a loss in parts': some('BulkEnded', ({ what }) => what === 'loss'),
  'an expiry': due('expiry'),
  'an expiry with a fixing': some('InstrumentExpired', ({ fixing }) => fixing !== undefined),
  'an expiry without a fixing': some('InstrumentExpired', ({ fixing }) => fixing === undefined),
  'a dead market': due('dead'),
  'a halt': some('InstrumentStateSet', ({ state }) => state === 'halted'),
  'a market opened again': some('InstrumentStateSet', ({ state }) => state === 'open'),
  'a price of nothing or less': some('PriceTick', ({ price }) => !isPositive(decimal(price))),
  'a trade busted': some('TradeBusted'),
  'other terms of an instrument': some('InstrumentParametersSet'),
  'other terms of a coin': some('AssetParametersSet'),
  'terms that had their notice': due('terms'),
  'a delisting': some('InstrumentDelisting'),
  'a price held': some('PriceHeld'),
  'a coin refused beyond its cap': rejected('over-cap'),
  'a settlement': some('InstrumentSettled'),
  'funding settled': some('FundingSettled'),
  'a late clock': lateClock,
  'an option that is dealt in': some('PositionOpened', ({ instrument }) => isOption(instrument)),
  'an option sold by a liquidation': closedSome(isOption),
  'an option that is deleveraged': some('Deleveraged', ({ instrument }) => isOption(instrument)),
  'a hedge that relieves nobody': rejected('not-reducing'),
  'a surface that is refused': rejected('bad-surface'),
  'a change of a risk model': two('RiskModelSet', ({ model }) => model.underlying),
  'profit and loss made cash': some('VariationSettled'),
  'profit and loss made cash in parts': some('BulkEnded', ({ what }) => what === 'variation'),
  'an expiry fixed': some('ExpiryFixed'),
  'options settled': some('ExpirySettled'),
  'options settled in parts': some('BulkEnded', ({ what }) => what === 'expiry'),
  'options stale': rejected('stale-price'),
  'gains taken out too soon': rejected('not-matured'),
} satisfies Readonly<Record<string, Sign>>

export type Reach = keyof typeof signs

export const reaches = Object.keys(signs) as readonly Reach[]

/** All that a history comes to. */
export const reachedIn = (events: Events): readonly Reach[] => reaches.filter((reach) => signs[reach](events))
