import {
  accepted,
  after,
  alice,
  as,
  bob,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  passed,
  passTime,
  price,
  rejected,
  setState,
  settle,
  stated,
  ticking,
} from '../kit'

const future = list('F', { kind: 'future', expiry: '2020-03-12T11:00:00Z' })
const dated = [future, alice.holds('100 USD'), bob.holds('100 USD'), alice.bought('3 F at 33.335 from bob')]
/** Prices come until a minute before its day. */
const told = [...dated, ticking('59 min')]

describe('an expiry', () => {
  it('makes the last price final, and the clock settles at it', () =>
    given(...told, price('F', '40'))
      .when(passed('1 min'))
      .then(
        happenedExactly('TimePassed', 'InstrumentExpired', 'InstrumentSettled'),
        happened('TimePassed', { due: [{ what: 'expiry', id: 'F' }] }),
        happened('InstrumentExpired', { instrument: 'F', fixing: '40' }),
        happened('InstrumentSettled', { price: '40' }),
        ({ happened: events }) => expect(events.at(-1)?.metadata.actor).toBe('clock'),
        alice.stands({ positions: [], equity: '119.99' }),
      ))

  it('refuses whatever price comes later, said or not', () => {
    given(...told, after('1 min'))
      .when(price('F', '20'))
      .then(rejected('not-trading'))
    given(...told, after('1 min'), passTime)
      .when(price('F', '20'))
      .then(rejected('not-trading'))
    given(...told, passed('1 min'))
      .when(price('F', '20'))
      .then(rejected('not-trading'))
  })

  it('leaves the value as it is until the settlement, however late that comes', () =>
    given(...told, price('F', '40'), after('1 min'), passTime, after('2 h'))
      .when()
      .then(
        alice.stands({ equity: '119.995' }),
        ({ pool }) => expect(pool.instruments.get('F')?.stand.wear.step).toBe(0),
        stated({
          instruments: [expect.anything(), expect.objectContaining({ state: 'expired', fixing: '40', stale: false })],
          open: [{ what: 'settlement', id: 'F', due: '2020-03-12T11:00:00.000Z' }],
        }),
      ))

  it('is judged by how old the price was on its day, not by when that is said', () =>
    given(...told, price('F', '40'), after('2 h'))
      .when(passTime)
      .then(happened('InstrumentExpired', { fixing: '40' })))

  it('settles at its fixing, whoever asks, and at nothing else', () => {
    const fixed = [...told, price('F', '40'), after('1 min'), passTime]
    given(...fixed)
      .when(settle('F', '40.01'))
      .then(rejected('beyond-band'))
    given(...fixed)
      .when(settle('F', '40'))
      .then(accepted)
    given(...fixed)
      .when(as('clock', settle('F', '40.00')))
      .then(accepted)
  })

  it('without a fresh price leaves the price to an operator, near the last one', () => {
    const unfixed = [parameters({ settlementBand: '0.05' }), ...dated, passed('1 h')]
    given(...unfixed)
      .when(as('clock', settle('F', '33.335')))
      .then(
        rejected('not-expired'),
        stated({
          instruments: [expect.anything(), expect.objectContaining({ state: 'expired', stale: true })],
          open: expect.arrayContaining([{ what: 'settlement', id: 'F' }]),
        }),
      )
    given(...unfixed)
      .when(settle('F', '36'))
      .then(rejected('beyond-band'))
    given(...unfixed)
      .when(settle('F', '34'))
      .then(accepted)
  })

  it('in a halt has no fixing', () =>
    given(...told, setState('F', 'halted'), price('F', '40'))
      .when(passed('1 min'))
      .then(({ happened: events }) =>
        expect(events.filter(({ type }) => type === 'InstrumentExpired').map(({ data }) => data)).toEqual([
          { instrument: 'F' },
        ]),
      ))

  it('in a halt sets no wear back, and says no step of it twice', () =>
    given(...told, setState('F', 'halted'), passed('1 min'), passed('10 min'))
      .when()
      .then(
        ({ events }) => {
          const steps = events.flatMap(({ type, data, at }) =>
            type === 'TimePassed' && data.due.some(({ what }) => what === 'wear') && at > '2020-03-12T10:58'
              ? [at]
              : [],
          )
          expect(steps.map((at) => at.slice(11, 19))).toEqual([
            '10:59:00',
            '11:00:59',
            '11:02:59',
            '11:04:59',
            '11:06:59',
            '11:08:59',
          ])
        },
        alice.stands({ equity: '100', worst: '69.9985' }),
      ))

  it('at the very time of a step says both, and time goes on', () =>
    given(parameters({ priceTolerance_s: 60, wear_s: 600 }), ...told, setState('F', 'halted'), after('1 min'), passTime)
      .when(passed('5 min'))
      .then(({ happened: all }) => expect(all.every(({ type }) => type === 'TimePassed')).toBe(true)))

  it('is said once', () =>
    given(...told, passed('1 min'), after('1 h'))
      .when(passTime)
      .then(rejected('nothing-due')))
})

describe('a market of which nobody tells the price', () => {
  const held = [alice.holds('100 USD'), bob.holds('100 USD'), alice.bought('1 BTC-PERP at 100 from bob')]

  it('is dead after dead_s: its last mark becomes the fixing, and all are settled at it', () =>
    given(...held, passed('6 d'))
      .when(passed('1 d'))
      .then(
        happenedExactly('TimePassed', 'InstrumentExpired', 'InstrumentSettled'),
        happened('TimePassed', { due: [{ what: 'dead', id: 'BTC-PERP' }] }),
        happened('InstrumentExpired', { instrument: 'BTC-PERP', fixing: '100' }),
        alice.stands({ positions: [], equity: '100' }),
      ))

  it('is dead too where it was halted for so long, though prices came', () =>
    given(parameters({ priceTolerance_s: 86_400, wear_s: 86_400 }), ...held, setState('BTC-PERP', 'halted'))
      .when(after('7 d'), price('BTC-PERP', '90'), passTime)
      .then(happened('InstrumentExpired', { fixing: '90' })))

  it('lives where nobody holds it, and goes on with the next price', () =>
    given(price('BTC-PERP', '100'))
      .when(passed('30 d'), price('BTC-PERP', '100'), alice.bought('1 BTC-PERP at 100 from bob'))
      .then(accepted))

  it('whose expiry found no fresh price is settled in the end', () =>
    given(...dated)
      .when(passed('8 d'))
      .then(
        happened('InstrumentExpired', { instrument: 'F' }),
        happened('InstrumentExpired', { instrument: 'F', fixing: '33.335' }),
        happened('InstrumentSettled', { price: '33.335' }),
      ))

  it('is not dead before its price is worn out', () =>
    given(parameters({ dead_s: 60 }), ...held, passed('1199 s'))
      .when(passed('1 s'))
      .then(happened('InstrumentExpired', { fixing: '100' })))
})
