import { format, isPositive, lessThan, zero } from '@novation/decimal'
import { usualModel } from '@novation/events'
import {
  alice,
  all,
  assetPrice,
  bob,
  curve,
  forward,
  given,
  listOption,
  optionMarket,
  pool,
  registerAsset,
  riskModel,
  type Step,
  volatility,
} from '../kit'
import { healthOf } from '../state/health'
import type { Pool } from '../state/pool'

const group = (gains: string) => ({ group: { name: 'coins', width: 1, gains } })
const eth = { underlying: 'ETH' }
const finer = { spot: { ...usualModel.spot, steps: 8 } }

/** Alice has sold a call on BTC and bought one on ETH, which move together, each by as many steps of its own. */
const hedged: Step = all(
  optionMarket,
  registerAsset('ETH', 8),
  riskModel('ETH', { ...finer, ...group('0.9') }),
  riskModel('BTC', group('0.9')),
  assetPrice('ETH', '100'),
  forward('101', eth),
  volatility('0.8', eth),
  listOption('ECALL', '100 call', eth),
  alice.opens('portfolio'),
  alice.holds('1000 USD'),
  bob.holds('1000 USD'),
  alice.sells('2 CALL at 7.6 to bob'),
  alice.buys('2 ECALL at 7.6 from bob'),
)

const requirementOf = (now: Pool) => {
  const account = now.accounts.get('alice')
  const requirement = account && healthOf(now, account).portfolio?.requirement
  if (requirement === undefined) throw new Error('alice has no portfolio')
  return requirement
}

describe('underlyings that move together', () => {
  it('are asked for less together than each alone, and it is said how much less', () =>
    given(hedged).then(
      pool((now) => {
        const { alone, scan, offset } = requirementOf(now)
        expect(isPositive(offset)).toBe(true)
        expect(lessThan(scan, alone)).toBe(true)
      }),
    ))

  it('are moved through one set of steps, the widest that any of them needs, whichever was set last', () =>
    given(hedged).then(
      pool((now) => {
        const steps = [...(now.risk?.valuations.values() ?? [])].map(({ last }) => last.stepsInForce)
        expect(steps).toEqual([8, 8])
      }),
    ))

  it('are each alone once one of them has left the group', () =>
    given(hedged)
      .when(riskModel('ETH', usualModel))
      .then(pool((now) => expect(format(requirementOf(now).offset)).toBe('0'))))
})

describe('a curve', () => {
  it('moves the options of every underlying that is discounted by it', () => {
    const discounted = (now: Pool) =>
      ['CALL', 'ECALL'].map((id) => format(now.instruments.get(id)?.price?.value ?? zero))
    given(
      hedged,
      riskModel('BTC', { curve: 'USD' }),
      riskModel('ETH', { curve: 'USD' }),
      curve([{ days: 18, discount: '1' }]),
    )
      .when(curve([{ days: 18, discount: '0.5' }]))
      .then(pool((now) => expect(discounted(now)).toEqual(['3.81232714', '3.81232714'])))
  })
})
