import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import {
  accepted,
  given,
  happened,
  happenedExactly,
  passTime,
  pool,
  refused,
  rejected,
  setState,
  settle,
  stated,
} from '../kit'
import { signedBy } from '../kit/identity'
import { asAnna, atTime, clockRuns } from '../kit/oracle'
import { as } from '../kit/wishes'
import { healthOf } from '../state/health'
import { all, cashOf, expiry, held, minute, settlesNow, tick, told, windows, windowTime } from './test-settling'

const timePasses = signedBy(['C'], as('clock', passTime))

describe('what is settled at an index over time', () => {
  it('has at its expiry a fixing that is the mean of it, and the clock settles at that', () =>
    given(...held, ...told('200', '210').slice(0, -1))
      .when(clockRuns(expiry))
      .then(
        happenedExactly('TimePassed', 'PriceTick', 'InstrumentExpired', 'InstrumentSettled'),
        happened('PriceTick', { instrument: 'ETH-DEC', price: '205', index: 'ETH-USD' }),
        happened('InstrumentExpired', { fixing: '205' }),
        happened('InstrumentSettled', { price: '205' }),
        (world) => expect([cashOf('alice')(world), cashOf('bob')(world)]).toEqual(['1005', '995']),
        windows(0),
      ))

  it('is settled by nobody before its day, nor at another price', () => {
    given(...held)
      .when(signedBy(['O'], as('oracle', settlesNow)))
      .then(rejected('not-expired'))
    given(...held, ...told('200', '210').slice(0, -1), atTime(expiry))
      .when(asAnna(settle('ETH-DEC', '206')))
      .then(rejected('beyond-band'))
    given(...held, ...told('200', '210').slice(0, -1), atTime(expiry))
      .when(signedBy(['O'], as('oracle', settle('ETH-DEC', '205'))))
      .then(refused('not-permitted'))
  })

  it('is settled at its mean by whoever may ask for that, also before the clock does', () => {
    const covered = [...held, ...told('200', '210').slice(0, -1), atTime(expiry)]
    given(...covered)
      .when(signedBy(['O'], as('oracle', settlesNow)))
      .then(
        accepted,
        happenedExactly('PriceTick', 'InstrumentExpired', 'InstrumentSettled'),
        happened('InstrumentSettled', { price: '205' }),
        windows(0),
      )
    given(...covered, signedBy(['O'], as('oracle', settlesNow)))
      .when(asAnna(settlesNow))
      .then(rejected('already-settled'))
    given(...covered)
      .when(asAnna(settle('ETH-DEC', '205')))
      .then(accepted)
  })

  it('says meanwhile how much of the time had a price', () =>
    given(...held, ...told('200', '210').slice(0, 5)).then(
      stated({
        instruments: expect.arrayContaining([
          expect.objectContaining({
            instrument: 'ETH-DEC',
            confidence: '0',
            settlesOver: {
              from: formatTime(windowTime(0)),
              window_ms: 600_000,
              covered_ms: 120_000,
              until: formatTime(windowTime(1200)),
            },
          }),
        ]),
      }),
    ))

  it('says the same however late the clock is', () =>
    given(...held, ...told('200', '210').slice(0, -1), atTime(expiry + 30 * minute), all('150'))
      .when(clockRuns(expiry + 30 * minute))
      .then(happened('InstrumentSettled', { price: '205' })))

  it('goes by the index, whether or not its own market is halted', () =>
    given(...held, ...told('200', '210').slice(0, -1), asAnna(setState('ETH-DEC', 'halted')))
      .when(clockRuns(expiry))
      .then(happened('InstrumentSettled', { price: '205' })))

  it('and nothing counts beside its fixing, as long as it is not settled', () => {
    const { pool: now } = given(...held, ...told('200', '400').slice(0, -1), atTime(expiry), timePasses).world
    const alice = now.accounts.get('alice')
    if (alice === undefined) throw new RangeError('no alice')
    const { worst, best } = healthOf(now, alice)
    expect([worst, best].map(format)).toEqual(['1100', '1100'])
  })
})

describe('an expiry in the middle of an outage', () => {
  /** Nobody says anything from the sixth minute of the window on: what was said last counts for a minute more. */
  const silent = [...held, ...told('200', '210').slice(0, 13), clockRuns(expiry)]

  it('leaves it without a fixing: it wears, and nobody deals in it or settles it', () => {
    given(...silent).then(
      pool(({ instruments }) => {
        const { expired, fixed } = instruments.get('ETH-DEC') ?? {}
        expect([expired, fixed]).toEqual([true, false])
      }),
      stated({ open: expect.arrayContaining([{ what: 'settlement', id: 'ETH-DEC' }]) }),
    )
    for (const wish of [settlesNow, settle('ETH-DEC', '210')])
      given(...silent)
        .when(asAnna(wish))
        .then(rejected('not-covered'))
  })

  it('goes on until enough is covered, and is settled then by itself', () => {
    // Seven minutes were covered: five of 200, two of 210. The three that are missing come after two more of silence.
    const back = [12, 12.5, 13, 13.5, 14, 14.5].map((at) => tick(at * 60, '220'))
    given(...silent, ...back).then(
      stated({
        open: expect.arrayContaining([{ what: 'settlement', id: 'ETH-DEC', due: formatTime(windowTime(15 * 60)) }]),
      }),
    )
    given(...silent, ...back)
      .when(clockRuns(windowTime(15 * 60)))
      .then(
        happened('TimePassed', { due: expect.arrayContaining([{ what: 'fixing', id: 'ETH-DEC' }]) as never }),
        // (5 * 200 + 2 * 210 + 3 * 220) / 10
        happened('InstrumentSettled', { price: '208' }),
        windows(0),
      )
  })

  it('and after longest_s, and only then, an operator names the price, near the last mark', () => {
    const over = [...silent, clockRuns(windowTime(1200))]
    given(...silent, clockRuns(windowTime(1199)))
      .when(asAnna(settle('ETH-DEC', '211')))
      .then(rejected('not-covered'))
    given(...over)
      .when(asAnna(settlesNow))
      .then(rejected('not-covered'))
    given(...over)
      .when(asAnna(settle('ETH-DEC', '230')))
      .then(rejected('beyond-band'))
    given(...over)
      .when(asAnna(settle('ETH-DEC', '211')))
      .then(accepted, happened('InstrumentSettled', { price: '211' }), windows(0))
  })

  it('and nothing that comes after longest_s counts', () => {
    const late = [19, 19.5, 20, 20.5, 21, 25].map((at) => tick(at * 60, '220'))
    given(...silent, ...late)
      .when(asAnna(settlesNow))
      .then(rejected('not-covered'))
  })

  it('and nobody naming one, its last mark is final once it is dead', () =>
    given(...silent)
      .when(clockRuns(expiry + 8 * 24 * 60 * minute))
      .then(happened('InstrumentSettled', { price: '210' }), windows(0)))
})
