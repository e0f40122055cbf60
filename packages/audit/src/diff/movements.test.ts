import type { LedgerEvent } from '@novation/events'
import { balanceKey, frozenKey, newRegister, parametersKey, priceKey, standingKey } from './movements'

const event = (revision: number, type: string, data: object, ...postings: readonly object[]): LedgerEvent =>
  ({ revision, type, data, postings }) as unknown as LedgerEvent
const posting = (account: string, amount: string) => ({ account, asset: 'USD', amount })

describe('the register of movements', () => {
  it('names the last hundred of one difference, and counts all', () => {
    const register = newRegister()
    for (let revision = 0; revision < 102; revision += 1)
      register.note(event(revision, 'T', {}, posting('custody', '1')))
    const { count, events } = register.of(balanceKey('custody', 'USD'))
    expect([count, events.length, events[0]?.revision]).toEqual([102, 100, 2])
    expect(register.of(balanceKey('custody', 'EUR'))).toEqual({ count: 0, events: [] })
  })

  it.each<[string, object, string]>([
    ['PriceTick', { instrument: 'X' }, priceKey('X')],
    ['PriceTick', { asset: 'E' }, priceKey('E')],
    ['FundingPaid', { instrument: 'X' }, 'funding X'],
    ['PoolParametersSet', {}, parametersKey],
    ['PoolFrozen', {}, frozenKey],
    ['PoolThawed', {}, frozenKey],
    ...['MarginCall', 'MarginCallMet', 'MarginCallMissed', 'LiquidationStarted', 'AuctionTurned'].map(
      (type): [string, object, string] => [type, { account: 'a' }, standingKey('a')],
    ),
    ['LiquidationEnded', { account: 'a' }, standingKey('a')],
    ['AccountOpened', { account: 'a' }, standingKey('a')],
  ])('notes a %s of %j', (type, data, key) => {
    const register = newRegister()
    register.note(event(7, type, data))
    expect(register.of(key)).toEqual({ count: 1, events: [{ revision: 7, type }] })
  })

  it('notes whom an event moves once, however many books of theirs', () => {
    const register = newRegister()
    const postings = [posting('trader/a', '1'), posting('trader/a/X', '2'), posting('insurance', '-3')]
    register.note(event(7, 'T', { account: 'b' }, ...postings))
    expect(register.of(standingKey('a'))).toEqual({ count: 1, events: [{ revision: 7, type: 'T' }] })
    expect([register.of(standingKey('b')).count, register.of(standingKey('insurance')).count]).toEqual([0, 0])
    expect(register.of(balanceKey('trader/a/X', 'USD')).events).toEqual([{ revision: 7, type: 'T', amount: '2' }])
  })
})
