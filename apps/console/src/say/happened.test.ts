import { type Said, sampleOf, samples } from '../kit/samples'
import { happened, words } from './happened'
import { kinds } from './kinds'
import { sentences } from './sentences'

describe('each type of event', () => {
  it('has a sentence', () => {
    const without = [...samples.keys()].filter((type) => !Object.hasOwn(sentences, type))
    expect(
      without.map((type) => `${type}: say in apps/console/src/say/sentences.ts in a line what happened by it`),
    ).toEqual([])
  })

  it('is of one kind, so that it is found by it', () => {
    const all = Object.values<readonly string[]>(kinds).flat()
    const homeless = [...samples.keys()].filter((type) => all.filter((each) => each === type).length !== 1)
    expect(homeless.map((type) => `${type}: give it its place in one list of apps/console/src/say/kinds.ts`)).toEqual(
      [],
    )
  })

  it.each([...samples.keys()])('%s is told whole, and does not fall silent where nothing of it may be told', (type) => {
    const cut = { type, data: {} } as Said
    for (const line of [happened(sampleOf(type)), happened(cut)])
      expect(line).not.toMatch(/undefined|NaN|\[object|\s\s|\s$/)
    expect(happened(sampleOf(type))).not.toContain('somebody else')
  })

  it.each([
    ['AccountOpened', 'alice is opened'],
    ['AssetParametersSet', 'how much of ETH counts is set anew'],
    ['AssetRegistered', 'USD is registered'],
    ['AuctionRestarted', 'the auction of alice begins anew'],
    ['AuctionTurned', 'alice falls below zero in its auction, to -120.50'],
    ['BulkEnded', 'a settlement over 20,000 accounts is done'],
    ['BulkStarted', 'a loss over 20,000 accounts begins, in parts'],
    ['CollateralBought', 'the fund buys 0.5 ETH of alice for 90.12'],
    ['CollateralDeposited', 'alice deposits 1,000.00 USD'],
    ['CollateralSold', 'backstop buys 1.5 ETH of alice for 270.38'],
    ['CollateralWithdrawn', 'alice withdraws 250.00 USD'],
    ['CommandRejected', 'a command is turned down, insufficient-margin: alice would fall below its initial margin'],
    ['ConsentSet', 'alice has to sign for what leaves it, from 2020-03-12 10:00:00 on'],
    ['DebitCalled', 'alice owes 120.50 and has coins: they are sold for it after 2020-03-12 11:20:00'],
    ['DebitMet', 'alice owes nothing any more'],
    ['Deleveraged', '1 BTC-PERP of alice are closed at the mark against carol'],
    ['DomainRenewed', 'the pool has a new domain: what was signed for the old one counts no more'],
    ['FundingPaid', 'funding of -0.0001 is due on BTC-PERP'],
    ['FundingSettled', 'alice settles funding of 1.19 on BTC-PERP'],
    ['IdentityAdopted', 'commands have to be signed from now on, by operator:anna first'],
    ['InstrumentDelisting', 'BTC-PERP is to end at 2020-03-13 12:00:00, and takes nothing but reductions until then'],
    ['InstrumentExpired', 'BTC-0925 expires, fixed at 10,705.5'],
    ['InstrumentListed', 'BTC-0925 is listed'],
    [
      'InstrumentParametersSet',
      'the terms of BTC-PERP are changed: nobody is liquidated by more than before until 2020-03-12 11:00:00',
    ],
    ['InstrumentSettled', 'BTC-PERP is settled at 3,621'],
    ['InstrumentStateSet', 'BTC-PERP is halted: nothing is traded in it'],
    ['InsuranceDrawn', 'the fund pays 120.50 for alice'],
    ['InsuranceFunded', '50,000.00 USD are put behind the fund'],
    ['KeyRegistered', 'the key ed25519:Y-4quHHDthaM… is registered for venue'],
    ['KeyRevoked', 'the key ed25519:Y-4quHHDthaM… is revoked: compromised'],
    ['Liquidated', 'backstop takes 0.5 BTC-PERP of alice'],
    ['LiquidationEnded', 'the liquidation of alice ends: restored'],
    ['LiquidationStarted', 'the auction of alice begins, worth 301.50'],
    ['LossSocialized', 'a loss of 300.00 falls on those in profit'],
    ['MarginCall', 'alice is called for 55.25'],
    ['MarginCallMet', 'the call of alice is met'],
    ['MarginCallMissed', 'alice has missed its call of 55.25'],
    ['OrderCancelled', 'alice cancels its order o-77'],
    ['OwnerSetOff', '80.25 go from carol to alice of the same owner'],
    ['PoolFrozen', 'the pool is frozen: 51,000.00 may be missing'],
    ['PoolParametersSet', 'parameters of the pool are set'],
    ['PoolThawed', 'the pool is open again'],
    ['PositionClosed', 'alice sells 1.5 BTC-PERP at 5,000 and realises -4,393.03'],
    ['PositionIncreased', 'alice buys 0.5 BTC-PERP at 7,900'],
    ['PositionOpened', 'alice buys 1.5 BTC-PERP at 7,938.25'],
    ['PositionReduced', 'alice sells 0.5 BTC-PERP at 8,000 and realises 35.65'],
    ['PriceHeld', 'a price of 6,100 for BTC-PERP is far from 7,938.25: it waits for another like it'],
    ['PriceTick', 'BTC-PERP is marked at 7,938.25'],
    ['TimePassed', 'time has come for margin call a, auction alice:1'],
    ['TradeBusted', 'trade t-17 in BTC-PERP was a mistake: it is taken back at 7,938.25'],
    ['TradeCleared', 'alice buys 1.5 BTC-PERP from bob at 7,938.25'],
  ])('%s is told so: %s', (type, line) => expect(happened(sampleOf(type))).toBe(line))

  it('is told of those alone whom one may know of', () => {
    const told = (type: string, data: object) => happened({ type, data } as Said)
    expect(told('TradeCleared', { seller: 'bob', instrument: 'X', quantity: '2', price: '7' })).toBe(
      'somebody else buys 2 X from bob at 7',
    )
    expect(told('InsuranceDrawn', { layer: 'skin-in-the-game', amount: '5', to: 'bob' })).toBe(
      'the skin in the game pays 5.00 for somebody else',
    )
  })
})

it('an event that is newer than this page is named in words, with whom it is about', () => {
  const told = (type: string, data: object) => happened({ type, data } as Said)
  expect(told('SomethingVeryNew', { account: 'alice' })).toBe('something very new: alice')
  expect(told('SomethingVeryNew', {})).toBe('something very new')
  expect(words('MarginCallMet')).toBe('margin call met')
})
