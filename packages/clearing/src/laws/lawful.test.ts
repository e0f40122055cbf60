import type { LedgerEvent } from '@novation/events'
import { eachLayerPaysItsPart } from '../checks/costs'
import { equityIsContinuous } from '../checks/equity'
import { expiriesAreSettledWhole, variationsAreWhatPositionsCameTo } from '../checks/expiries'
import { optionsAreMarkedByEvents } from '../checks/option-marks'
import {
  after as afterwards,
  alice,
  assetPrice,
  bob,
  callMargin,
  everybodyActs,
  fund,
  given,
  lastingPrices,
  marketAt,
  optionMarket,
  parameters,
  passed,
  passTime,
  person,
  price,
  registerAsset,
  settled,
  settleExpiry,
  settleVariation,
  startLiquidation,
  ticking,
} from '../kit'
import { DueTimes } from '../state/due-times'
import { asItIs, saying, told } from './altered'
import type { Append } from './append'
import { theFundBuysBesideAHaircut } from './bought'
import { whoIsPaidForHasNothing } from './defaults'
import { noBreachLasts } from './in-time'
import { lawful, whatFallsDueIsKnown } from './lawful'
import { noClockGoesBack, theBackstopComesFirst } from './turns'
import { everyCommandIsDecidedOnce, noLossWaitsTooLong, timeNeverGoesBack } from './windows'

const [backstop, carol] = [person('backstop'), person('carol')]

/** Alice is insolvent and nobody bids for her; the fund pays a part, and the rest is asked of bob. */
const { world: defaulted } = given(
  fund('30 USD'),
  fund('20 USD', 'skin-in-the-game'),
  parameters({ waterfall: { skinInTheGame: '5' } }),
  backstop.holds('1 USD'),
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '94'),
  startLiquidation('alice'),
  price('BTC-PERP', '80'),
  everybodyActs,
  ticking('10 min'),
  price('BTC-PERP', '80'),
  everybodyActs,
)

/** Alice owes a hundred since her position was settled, while carol is offered for sale. */
const { world: indebted } = given(
  parameters({ lossWindow_s: 60 }),
  alice.holds('100 USD'),
  carol.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  settled('BTC-PERP', '80'),
  bob.deposits('1 USD'),
)

/** Alice holds a call and a put of bob, as a portfolio; gains are made cash, and all of it comes to its end. */
const { world: expired } = given(
  optionMarket,
  alice.opens('portfolio'),
  alice.holds('1000 USD'),
  bob.holds('1000 USD'),
  alice.buys('2 CALL at 7.6 from bob'),
  alice.buys('1 PUT at 3.1 from bob'),
  marketAt('110'),
  settleVariation(),
  marketAt('85'),
  afterwards('1553400 s'),
  ...Array.from({ length: 31 }, () => [assetPrice('BTC', '85'), afterwards('60 s')]).flat(),
  passTime,
  settleExpiry(),
)

/** Alice misses a call, and then is offered for sale. */
const { world: called } = given(
  lastingPrices,
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '98'),
  callMargin('alice'),
  passed('1 h'),
  price('BTC-PERP', '94'),
  startLiquidation('alice'),
  bob.deposits('1 USD'),
)

/** Alice has lost a hundred in cash, beside coins of a thousand. */
const { world: onCoins } = given(
  fund('500 USD'),
  registerAsset('ETH', 4, { haircut: '0.1' }),
  assetPrice('ETH', '100'),
  alice.holds('10 ETH'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '90'),
  alice.sells('10 BTC-PERP at 90 to bob'),
)

describe('the laws of random worlds', () => {
  it('hold in a default that goes all the way', () => {
    expect(defaulted.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['AuctionTurned', 'InsuranceDrawn', 'Deleveraged']),
    )
    lawful(defaulted.events)
    lawful(indebted.events)
    lawful(called.events)
    lawful(onCoins.events)
  })

  it.each([
    ['an event pays what it does not name', saying('Deleveraged', { share: '5' }), 'Deleveraged moves the equity of'],
    [
      'a draw pays what it does not name',
      saying('InsuranceDrawn', { amount: '29' }),
      'InsuranceDrawn moves the equity of alice',
    ],
    [
      'a trade is dealt at another price',
      saying('PositionOpened', { price: '101' }),
      'PositionOpened moves the equity of',
    ],
  ])('find that equity jumps where %s', (_, shown, broken) => {
    expect(told(equityIsContinuous, defaulted, asItIs)).toBeUndefined()
    expect(told(equityIsContinuous, defaulted, shown)).toContain(broken)
  })

  it('find that a layer has paid more or less than its part, and more than once', () => {
    expect(told(eachLayerPaysItsPart(), defaulted, asItIs)).toBeUndefined()
    expect(told(eachLayerPaysItsPart(), defaulted, saying('InsuranceDrawn', { amount: '29.99' }))).toContain(
      'for alice',
    )
    expect(told(eachLayerPaysItsPart(), defaulted, saying('InsuranceDrawn', { layer: 'fund' }))).toContain('for alice')
  })

  it('find that others pay for somebody who is worth something at his worst afterwards', () => {
    expect(told(whoIsPaidForHasNothing, defaulted, asItIs)).toBeUndefined()
    expect(told(whoIsPaidForHasNothing, defaulted, saying('InsuranceDrawn', { defaulter: 'bob' }))).toContain(
      'others pay for bob',
    )
  })

  it('find that a breach keeps what could be dealt in all the time for longer than an auction lasts', () => {
    const last = called.events.at(-1)?.revision
    const after = (minutes: string) => (append: Append) => ({
      ...append,
      events: append.events.map((event) =>
        event.revision === last ? { ...event, at: `2020-03-12T11:${minutes}.000Z` } : event,
      ),
    })
    expect(told(noBreachLasts(), called, after('35:00'))).toBeUndefined()
    expect(told(noBreachLasts(), called, after('35:01'))).toContain('alice is in breach, and still holds BTC-PERP')
  })

  it('find that profits are cut for somebody of whose coins the fund could still buy', () => {
    const cut = (append: Append): Append => {
      const [first] = append.events
      const data = { loss: '1', profits: '1', uncovered: '0', taken: [], given: [{ account: 'alice', amount: '1' }] }
      return { ...append, events: [{ ...first, type: 'LossSocialized', data } as unknown as LedgerEvent] }
    }
    const onlyTheLast = (append: Append) =>
      append.events.some(({ revision }) => revision === onCoins.events.at(-1)?.revision) ? cut(append) : append
    expect(told(theFundBuysBesideAHaircut, onCoins, asItIs)).toBeUndefined()
    expect(told(theFundBuysBesideAHaircut, onCoins, onlyTheLast)).toBe(
      'others gave for alice, of whom the fund could still buy 10 ETH',
    )
  })

  it('find that somebody is deleveraged before the backstop has had its turn', () => {
    const unseen = (append: Append) =>
      append.events.some(({ metadata }) => metadata.actor === 'keeper:backstop') ? undefined : append
    expect(told(theBackstopComesFirst(), defaulted, asItIs)).toBeUndefined()
    expect(told(theBackstopComesFirst(), defaulted, unseen)).toBe('the backstop stands, and has had no turn at alice:1')
  })

  it('find that the clock of an auction is set back', () => {
    const unpriced = (append: Append): Append => ({
      ...append,
      after: { ...append.after, instruments: new Map() } as unknown as Append['after'],
    })
    const atItsEnd = (append: Append) => (append.events[0]?.type === 'TimePassed' ? unpriced(append) : append)
    expect(told(noClockGoesBack(), defaulted, asItIs)).toBeUndefined()
    expect(told(noClockGoesBack(), defaulted, atItsEnd)).toContain('the clock of BTC-PERP in alice:1 went back to')
  })

  it('find that a loss waits longer than the window of the oldest', () => {
    const later = (append: Append): Append => ({
      ...append,
      events: append.events.map((event) => ({ ...event, at: event.at.replace('T10:', 'T11:') })),
    })
    const last = indebted.events.at(-1)?.revision
    const late = (append: Append) => (append.events[0]?.revision === last ? later(append) : append)
    expect(told(noLossWaitsTooLong(), indebted, asItIs)).toBeUndefined()
    expect(told(noLossWaitsTooLong(), indebted, late)).toContain('the debt of alice is older than the window')
  })

  it('find that time goes back, and that a command is decided twice', () => {
    const earlier = (append: Append): Append => ({
      ...append,
      events: append.events.map((event) =>
        event.type === 'PriceTick' ? { ...event, at: '2020-01-01T00:00:00.000Z' } : event,
      ),
    })
    expect(told(timeNeverGoesBack, defaulted, asItIs)).toBeUndefined()
    expect(told(timeNeverGoesBack, defaulted, earlier)).toContain('PriceTick is at 2020-01-01')
    const once = everyCommandIsDecidedOnce()
    expect(told(once, defaulted, asItIs)).toBeUndefined()
    expect(told(once, defaulted, asItIs)).toContain('is decided twice')
  })

  it('hold where options are marked, made cash and settled', () => {
    expect(expired.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['VariationSettled', 'ExpiryFixed', 'ExpirySettled']),
    )
    lawful(expired.events)
  })

  it.each([
    ['at another price', { price: '84' }, 'PUT is said to bring'],
    [
      'series by series',
      { positions: [{ account: 'alice', instrument: 'CALL', quantity: '2', realised: '-26.94' }] },
      'alice is left with PUT',
    ],
  ])('find that an expiry is settled %s', (_, what, broken) => {
    expect(told(expiriesAreSettledWhole, expired, asItIs)).toBeUndefined()
    expect(told(expiriesAreSettledWhole, expired, saying('ExpirySettled', what))).toContain(broken)
  })

  it('find that more is made cash than a position has come to', () => {
    const more = { positions: [{ account: 'alice', instrument: 'CALL', amount: '13' }] }
    expect(told(variationsAreWhatPositionsCameTo, expired, asItIs)).toBeUndefined()
    expect(told(variationsAreWhatPositionsCameTo, expired, saying('VariationSettled', more))).toContain(
      'CALL of alice came to',
    )
  })

  it('find that an option is marked by something that nobody was told', () => {
    const later = (append: Append): Append => ({
      ...append,
      events: append.events.map((event) =>
        event.type === 'VolatilityTick' ? { ...event, at: '2020-03-12T18:00:00.000Z' } : event,
      ),
    })
    expect(told(optionsAreMarkedByEvents(), expired, asItIs)).toBeUndefined()
    expect(told(optionsAreMarkedByEvents(), expired, later)).toContain('is marked at')
  })

  it('sees a due time that is forgotten', () => {
    const forgetful = (append: Append): Append => {
      const standing = { ...append.after.standing, due: new DueTimes() }
      return { ...append, after: { ...append.after, standing } as unknown as Append['after'] }
    }
    expect(told(whatFallsDueIsKnown, defaulted, asItIs)).toBeUndefined()
    expect(told(whatFallsDueIsKnown, defaulted, forgetful)).toContain('falls due next')
  })
})
