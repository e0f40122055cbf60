import {
  after,
  alice,
  bob,
  callMargin,
  carol,
  given,
  happened,
  happenedExactly,
  lastingPrices,
  list,
  parameters,
  passed,
  passTime,
  person,
  pool,
  price,
  rejected,
  settle,
  settled,
  startLiquidation,
  stated,
} from '../kit'
import { dueTimes, nextDue } from './due'

const future = (name: string, expiry: string) => list(name, { kind: 'future', expiry: `2020-03-12T${expiry}Z` })
const short = {
  liquidation: { auction: { fastSeconds: 10, slowSeconds: 20, insolventSeconds: 15 } },
}
const leveraged = [alice.holds('10 USD'), alice.bought('1 BTC-PERP at 100 from bob')]

describe('time', () => {
  it('passes for what is due, and for nothing else', () => {
    given().when(passTime).then(rejected('nothing-due'))
    given(future('F', '10:00:01'), after('999 ms')).when(passTime).then(rejected('nothing-due'))
    given(future('F', '10:00:01'), after('1 s')).when(passTime).then(happenedExactly('TimePassed', 'InstrumentExpired'))
  })

  it('is what the ledger says: a command that names another time does not move it', () =>
    given(future('F', '10:00:01'))
      .when({ ...passTime, at: '2020-03-12T11:00:00Z' })
      .then(rejected('nothing-due')))

  it('is said of all that has come, earliest first, ties by id', () =>
    given(
      future('B', '10:00:02'),
      future('C', '10:00:01'),
      future('A', '10:00:02'),
      future('D', '10:00:03'),
      after('2 s'),
    )
      .when(passTime)
      .then(
        happened('TimePassed', {
          due: [
            { what: 'expiry', id: 'C' },
            { what: 'expiry', id: 'A' },
            { what: 'expiry', id: 'B' },
          ],
        }),
        pool((now) =>
          expect(dueTimes(now)).toEqual([{ at: Date.parse('2020-03-12T10:00:03Z'), what: 'expiry', id: 'D' }]),
        ),
      ))

  it('says so much at once, and the rest at the same time next', () => {
    const many = Array.from({ length: 501 }, (_, i) => future(`F${1000 + i}`, '10:00:01'))
    given(...many, after('1 s'))
      .when(passTime, passTime)
      .then(({ happened: events }) => {
        const [first, second] = events.filter(({ type }) => type === 'TimePassed')
        expect(first?.type === 'TimePassed' && first.data.due.length).toBe(500)
        expect(second?.type === 'TimePassed' && second.data.due).toEqual([{ what: 'expiry', id: 'F1500' }])
      })
  })

  it('has nothing due for ever in a pool at rest, once its prices are worn out and its markets dead', () => {
    given(...leveraged).then(
      pool((now) => {
        const first = Date.parse('2020-03-12T10:02:00.001Z')
        const dead = { at: Date.parse('2020-03-19T10:00:00Z'), what: 'dead', id: 'BTC-PERP' }
        expect([dueTimes(now), nextDue(now)]).toEqual([[{ at: first, what: 'wear', id: 'BTC-PERP' }, dead], first])
      }),
    )
    given(...leveraged)
      .when(passed('10 h'))
      .then(({ happened: events, pool: now }) => {
        expect(events.map(({ at }) => at.slice(11, 23))).toEqual([
          '10:02:00.001',
          ...['04', '06', '08', '10', '12', '14', '16', '18', '20'].map((minute) => `10:${minute}:00.000`),
        ])
        expect(dueTimes(now)).toEqual([{ at: Date.parse('2020-03-19T10:00:00Z'), what: 'dead', id: 'BTC-PERP' }])
      })
    given(...leveraged)
      .when(passed('8 d'))
      .then(pool((now) => expect([dueTimes(now), nextDue(now)]).toEqual([[], undefined])))
  })

  it('never goes back: what is decided later is not earlier', () =>
    given(future('F', '10:00:01'), after('1 s'), passTime, after('-10 s'))
      .when(alice.opens())
      .then(stated({ at: '2020-03-12T10:00:01.000Z' })))

  describe('falls due', () => {
    it('for a margin call at its deadline', () =>
      given(lastingPrices, ...leveraged, price('BTC-PERP', '99'), callMargin('alice')).then(
        pool((now) =>
          expect(dueTimes(now).slice(0, 1)).toEqual([
            { at: Date.parse('2020-03-12T11:00:00Z'), what: 'margin-call', id: 'alice' },
          ]),
        ),
      ))

    it('for an auction at its end, once', () =>
      given(parameters(short), ...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'))
        .when(passed('1 min'))
        .then(
          happenedExactly('TimePassed'),
          ({ happened: events }) => expect(events.map(({ at }) => at.slice(14, 19))).toEqual(['00:30']),
          happened('TimePassed', { due: [{ what: 'auction', id: 'alice:1' }] }),
          stated({ open: [{ what: 'liquidation', id: 'alice:1' }] }),
        ))

    it('for an auction only if its prices last until then', () => {
      const slow = { ...short, priceTolerance_s: 20 }
      const away = given(parameters(slow), ...leveraged, price('BTC-PERP', '94'), startLiquidation('alice'))
      away.then(pool((now) => expect(dueTimes(now).map(({ what }) => what)).not.toContain('auction')))
      // Twenty seconds of the thirty went by with the first price; the others stand still until there is another.
      away.when(passed('50 s'), price('BTC-PERP', '94')).then(
        pool((now) =>
          expect(dueTimes(now)).toContainEqual({
            at: Date.parse('2020-03-12T10:01:00Z'),
            what: 'auction',
            id: 'alice:1',
          }),
        ),
      )
    })

    it('for the auction of an insolvent account sooner', () =>
      given(parameters(short), ...leveraged, price('BTC-PERP', '80'), startLiquidation('alice'))
        .when(passed('15 s'))
        .then(happenedExactly('TimePassed')))

    it('for an expiry, unless it was settled before', () => {
      given(future('F', '10:00:01')).then(
        stated({ open: [{ what: 'expiry', id: 'F', due: '2020-03-12T10:00:01.000Z' }] }),
      )
      given(future('F', '10:00:01'), settle('F', '1')).then(stated({ open: [] }))
    })

    it('for a loss that has waited for others long enough', () =>
      given(parameters({ lossWindow_s: 60 }), ...leveraged, settled('BTC-PERP', '50'))
        .when(passed('1 min'))
        .then(
          happened('TimePassed', { due: [{ what: 'loss', id: 'alice' }] }),
          pool(({ accounts }) => expect(accounts.get('alice')?.owing?.windowOver).toBe(true)),
          stated({ open: [{ what: 'loss', id: 'alice' }] }),
        ))
  })

  it('hides no open work behind another of the same name', () =>
    given(
      parameters({ lossWindow_s: 60 }),
      ...leveraged,
      price('BTC-PERP', '99'),
      callMargin('alice'),
      settled('BTC-PERP', '50'),
      passed('1 min'),
    ).then(
      stated({
        open: [
          { what: 'loss', id: 'alice' },
          { what: 'margin-call', id: 'alice' },
        ],
      }),
    ))

  it('tells an instrument from an account of the same name', () =>
    given(
      future('alice', '10:30:00'),
      lastingPrices,
      ...leveraged,
      carol.holds('1 USD'),
      price('BTC-PERP', '99'),
      callMargin('alice'),
      passed('2 h'),
    ).then(
      pool(({ instruments, accounts }) =>
        expect([instruments.get('alice')?.expired, accounts.get('alice')?.call?.missed]).toEqual([true, 'record']),
      ),
      stated({
        open: [
          { what: 'margin-call', id: 'alice' },
          { what: 'settlement', id: 'alice' },
        ],
      }),
      bob.stands({ status: 'healthy' }),
      person('carol').stands({ status: 'healthy' }),
    ))
})
