import {
  accepted,
  alice,
  bob,
  carol,
  delist,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  passed,
  rejected,
  setState,
  settle,
  stated,
  ticking,
} from '../kit'

const traded = [alice.holds('1000 USD'), bob.holds('1000 USD'), alice.bought('1 BTC-PERP at 100 from bob')]
const noon = '2020-03-13T12:00:00Z'

describe('delist instrument', () => {
  it('gives notice: until then it is reduced only, and then it expires at its last price', () =>
    given(...traded, parameters({ notice_s: 3600 }))
      .when(delist('BTC-PERP', '2020-03-12T11:00:00Z'), ticking('59 min'), passed('1 min'))
      .then(
        happened('InstrumentDelisting', { instrument: 'BTC-PERP', at: '2020-03-12T11:00:00.000Z' }),
        happened('InstrumentExpired', { instrument: 'BTC-PERP', fixing: '100' }),
        happened('InstrumentSettled', { instrument: 'BTC-PERP', price: '100' }),
        alice.stands({ positions: [], equity: '1000' }),
      ))

  it('lets whoever holds it out, and nobody in', () => {
    const delisted = [...traded, carol.holds('1000 USD'), delist('BTC-PERP', noon)]
    given(...delisted)
      .when(carol.buys('1 BTC-PERP at 100 from bob'))
      .then(rejected('reduce-only'))
    given(...delisted)
      .when(bob.buys('1 BTC-PERP at 100 from alice'))
      .then(accepted)
  })

  it('is for good: it is halted perhaps, and never opened again', () => {
    given(...traded, delist('BTC-PERP', noon))
      .when(setState('BTC-PERP', 'open'))
      .then(rejected('bad-parameter'))
    given(...traded, delist('BTC-PERP', noon), setState('BTC-PERP', 'halted'))
      .when(setState('BTC-PERP', 'reduce-only'))
      .then(accepted)
    given(...traded, setState('BTC-PERP', 'halted'))
      .when(delist('BTC-PERP', noon))
      .then(stated({ instruments: [expect.objectContaining({ state: 'halted', expiry: '2020-03-13T12:00:00.000Z' })] }))
  })

  it('without notice is refused, and so is a later end of what ends already', () => {
    const day = parameters({ notice_s: 86_400 })
    given(...traded, day)
      .when(delist('BTC-PERP', '2020-03-13T09:59:59.999Z'))
      .then(rejected('bad-parameter'))
    given(...traded, day)
      .when(delist('BTC-PERP', '2020-03-13T10:00:00Z'))
      .then(happenedExactly('InstrumentDelisting'))
    given(list('F', { kind: 'future', expiry: noon }))
      .when(delist('F', '2020-03-13T12:00:00.001Z'))
      .then(rejected('bad-parameter'))
  })

  it('of what has notice is settled on its day, and not before', () =>
    given(...traded, delist('BTC-PERP', noon))
      .when(settle('BTC-PERP', '100'))
      .then(rejected('not-expired')))
})
