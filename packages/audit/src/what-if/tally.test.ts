import { emptyPool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { newTally, outcomeOf, tallyUp } from './tally'

const event = (type: string, data: object = {}, second = 0): LedgerEvent =>
  ({ type, data, at: new Date(second * 1000).toISOString() }) as unknown as LedgerEvent

const tallied = (...events: readonly LedgerEvent[]) => {
  const tally = newTally()
  tallyUp(tally, events)
  return tally
}
const outcome = (...events: readonly LedgerEvent[]) =>
  outcomeOf(tallied(...events), emptyPool('main'), { ...emptyPool('main'), at: 100_000 })

const nobody = { called: [], missed: [], liquidated: [], deleveraged: [], haircut: [], defaulted: [] }
const one = (account: string) => ({ account, amount: '1' })

describe('whom something happened to', () => {
  it.each<[string, object, object]>([
    ['MarginCall', { account: 'b' }, { called: ['b'] }],
    ['MarginCallMissed', { account: 'b' }, { missed: ['b'] }],
    ['LiquidationStarted', { account: 'b' }, { liquidated: ['b'] }],
    ['Deleveraged', { account: 'b', counterparty: 'c' }, { deleveraged: ['c'] }],
    ['LossSocialized', { taken: [one('c')], given: [one('b')] }, { haircut: ['c'], defaulted: ['b'] }],
    ['InsuranceDrawn', { defaulter: 'b', to: 'x' }, { defaulted: ['b'] }],
    ['MarginCallMet', { account: 'b', counterparty: 'b', defaulter: 'b' }, {}],
  ])('%s', (type, data, expected) => {
    expect(outcome(event(type, data))).toMatchObject({ ...nobody, ...expected, events: 1, frozen_s: 0 })
  })

  it('are told once each, in the order of their ids', () => {
    const calls = ['c', 'a', 'b', 'a'].map((account) => event('MarginCall', { account }))
    expect(outcome(...calls)).toMatchObject({ called: ['a', 'b', 'c'], events: 4 })
  })
})

describe('for how long a pool was frozen', () => {
  const frozen = { ...emptyPool('main'), frozen: true, at: 10_000 }
  const after = { ...emptyPool('main'), at: 100_000 }
  it.each<[string, readonly LedgerEvent[], boolean, number]>([
    ['not at all', [], false, 0],
    ['all the time', [], true, 90],
    ['from a freeze on', [event('PoolFrozen', {}, 40)], false, 60],
    ['up to a thaw', [event('PoolThawed', {}, 40)], true, 30],
    ['twice', [event('PoolThawed', {}, 40), event('PoolFrozen', {}, 50), event('PoolThawed', {}, 55)], true, 35],
  ])('%s', (_, events, begins, seconds) => {
    const before = begins ? frozen : { ...frozen, frozen: false }
    expect(outcomeOf(tallied(...events), before, after).frozen_s).toBe(seconds)
  })
})
