import {
  accepted,
  after,
  alice,
  bob,
  everybodyActs,
  fixed,
  given,
  happened,
  happenedExactly,
  list,
  moved,
  parameters,
  passTime,
  pool,
  price,
  rejected,
  setState,
  settle,
  settled,
  startLiquidation,
  stated,
  ticking,
} from '../kit'

const future = list('F', { kind: 'future', expiry: '2020-03-12T11:00:00Z' })
const traded = [alice.holds('100 USD'), bob.holds('100 USD'), alice.bought('3 F at 33.335 from bob')]
const held = [list('F'), ...traded]
const dated = [future, ...traded]
/** Notice of its end is over, and this was its last price. */
const over = (at: string) => [...held, fixed('F', at)]

describe('settle instrument', () => {
  it('closes every position at the settlement price, in one event', () =>
    given(...over('40'))
      .when(settle('F', '40'))
      .then(
        accepted,
        happenedExactly('InstrumentSettled'),
        happened('InstrumentSettled', {
          instrument: 'F',
          price: '40',
          positions: [
            { account: 'alice', quantity: '3', realised: '19.99' },
            { account: 'bob', quantity: '-3', realised: '-20' },
          ],
        }),
        moved({
          'trader/alice/F F': '-3',
          'trader/bob/F F': '3',
          'trader/alice/F USD': '100.005',
          'trader/bob/F USD': '-100.005',
          'trader/alice USD': '19.99',
          'trader/bob USD': '-20',
          'dust USD': '0.01',
        }),
        alice.stands({ positions: [], equity: '119.99', status: 'healthy' }),
        bob.stands({ positions: [], equity: '80' }),
        stated({
          instruments: [expect.anything(), expect.objectContaining({ openInterest: '0', stale: false })],
          open: [],
        }),
      ))

  it('comes after the end of a market, dated or not, and not while it runs', () => {
    given(...held)
      .when(settle('F', '33.335'))
      .then(
        rejected('not-expired'),
        happened('CommandRejected', { reason: expect.stringContaining('give notice of its end by DelistInstrument') }),
      )
    given(...held, setState('F', 'halted'))
      .when(settle('F', '33.335'))
      .then(rejected('not-expired'))
    given(...dated, after('3599 s'), price('F', '40'))
      .when(settle('F', '40'))
      .then(
        rejected('not-expired'),
        happened('CommandRejected', { reason: expect.stringContaining('F ends at 2020-03-12T11:00:00') }),
      )
  })

  it('waits, on its day, until that is said, since it is at the fixing then and at nothing near it', () =>
    given(...dated, ticking('59 min'), price('F', '40'), after('1 min'))
      .when(settle('F', '41'), passTime, settle('F', '41'), settle('F', '40'))
      .then(
        happened('CommandRejected', { code: 'not-expired' }),
        happened('CommandRejected', { code: 'beyond-band' }),
        happened('InstrumentSettled', { price: '40' }),
      ))

  it('comes at any time where the price is worn out, or there never was one', () => {
    for (const market of [held, dated]) {
      given(...market, after('1199 s'))
        .when(settle('F', '40'))
        .then(rejected('not-expired'))
      given(...market, after('20 min'))
        .when(settle('F', '40'))
        .then(accepted, stated({ open: [] }))
    }
    given(future)
      .when(settle('F', '40'))
      .then(accepted, happened('InstrumentSettled', { positions: [] }))
  })

  it('is near the last mark, and nowhere in particular where there was none', () => {
    const banded = [parameters({ settlementBand: '0.05' }), list('P')]
    for (const far of ['105.01', '94.99', '1000'])
      given(...banded, price('P', '100'), after('20 min'))
        .when(settle('P', far))
        .then(rejected('beyond-band'))
    for (const near of ['105', '95'])
      given(...banded, price('P', '100'), after('20 min'))
        .when(settle('P', near))
        .then(accepted)
    given(...banded)
      .when(settle('P', '1000'))
      .then(accepted)
  })

  it('comes once', () =>
    given(...held, settled('F', '40'))
      .when(settle('F', '41'))
      .then(rejected('already-settled')))

  it('takes a price above zero only', () => {
    given(list('F')).when(settle('F', '0')).then(rejected('not-positive'))
    given(list('F')).when(settle('F', '0.000000000000000001')).then(accepted)
  })

  it('leaves a loss as a debt in cash, which goes down the waterfall', () =>
    given(...held)
      .when(settled('F', '100'))
      .then(
        bob.stands({ equity: '-100', status: 'bankrupt', positions: [] }),
        pool(({ standing }) => expect([...standing.duties.owing]).toEqual(['bob'])),
        stated({ frozen: true, open: [{ what: 'loss', id: 'bob', due: '2020-03-12T11:00:00.000Z' }] }),
      ))

  it('ends in nobody’s debt when the loss is covered from the winner’s profit', () =>
    given(...held, settled('F', '100'))
      .when(everybodyActs)
      .then(bob.stands({ equity: '0' }), alice.stands({ equity: '199.99' }), stated({ frozen: false, solvent: true })))

  it('lets a trader withdraw what was realised, once it has stood', () =>
    given(...held, settled('F', '40'), after('1 d'))
      .when(alice.withdraws('119.99 USD'))
      .then(accepted))

  describe('of an account under liquidation', () => {
    const both = [
      list('F'),
      alice.holds('20 USD'),
      alice.bought('1 F at 100 from bob'),
      alice.bought('1 BTC-PERP at 100 from bob'),
    ]

    it('ends the liquidation where no position is left', () =>
      given(
        alice.holds('10 USD'),
        list('F'),
        alice.bought('1 F at 100 from bob'),
        price('F', '94'),
        startLiquidation('alice'),
        fixed('F', '94'),
      )
        .when(settle('F', '94'))
        .then(
          happenedExactly('InstrumentSettled', 'LiquidationEnded'),
          happened('LiquidationEnded', { liquidation: 'alice:1', reason: 'closed', equity: '4' }),
        ))

    it('ends it where the rest stands at its buffer again', () =>
      given(...both, price('F', '89'), startLiquidation('alice'), fixed('F', '89'))
        .when(settle('F', '89'))
        .then(
          happenedExactly('InstrumentSettled', 'LiquidationEnded'),
          happened('LiquidationEnded', { reason: 'restored', equity: '9' }),
        ))

    it('goes on where it does not', () =>
      given(...both, price('F', '84'), startLiquidation('alice'), fixed('F', '84'))
        .when(settle('F', '84'))
        .then(happenedExactly('InstrumentSettled'), alice.stands({ equity: '4', maintenanceMargin: '5' })))

    it('goes on where the prices of the rest are stale', () =>
      given(...both, price('F', '89'), startLiquidation('alice'), fixed('F', '89'), after('121 s'))
        .when(settle('F', '89'))
        .then(happenedExactly('InstrumentSettled'), alice.stands({ equity: '9' })))
  })

  it('meets a margin call that it makes good', () =>
    given(
      list('F'),
      alice.holds('30 USD'),
      alice.bought('1 F at 100 from bob'),
      alice.bought('2 BTC-PERP at 100 from bob'),
      price('F', '99'),
      everybodyActs,
      fixed('F', '99'),
    )
      .when(settle('F', '99'), everybodyActs)
      .then(
        happenedExactly('InstrumentSettled', 'MarginCallMet'),
        happened('MarginCallMet', { equity: '29', initialMargin: '20' }),
      ))
})
