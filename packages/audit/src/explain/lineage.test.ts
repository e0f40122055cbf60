import type { LedgerEvent } from '@novation/events'
import { newLineage } from './lineage'
import { newTrail } from './sources'

const event = (revision: number, type: string, data: object, metadata: object = {}): LedgerEvent =>
  ({
    id: `e-${revision}`,
    revision,
    type,
    at: `at ${revision}`,
    data,
    postings: [],
    metadata: { commandId: `c-${revision}`, causationId: `c-${revision}`, actor: 'venue', events: 1, ...metadata },
  }) as unknown as LedgerEvent

const linked = (...events: readonly LedgerEvent[]) => {
  const lineage = newLineage()
  for (const each of events) lineage.add(each)
  return lineage
}
const passed = (revision: number, ...due: readonly (readonly [what: string, id: string])[]) =>
  event(revision, 'TimePassed', { due: due.map(([what, id]) => ({ what, id })) })

describe('what time brings about', () => {
  it.each<[string, string, object, readonly [string, string]]>([
    ['MarginCall', 'a call', { account: 'a' }, ['margin-call', 'a']],
    ['LiquidationStarted', 'an auction', { liquidation: 'a:1' }, ['auction', 'a:1']],
    ['AuctionTurned', 'an auction that goes on', { liquidation: 'a:1' }, ['auction', 'a:1']],
    ['InstrumentListed', 'an expiry', { instrument: 'X' }, ['expiry', 'X']],
    ['LiquidationEnded', 'a loss that waits', { account: 'a' }, ['loss', 'a']],
  ])('has its cause in a %s: %s', (type, _, data, due) => {
    const lineage = linked(event(0, 'Other', {}), event(1, type, data), passed(2, due))
    expect(lineage.causes(2).map(({ revision }) => revision)).toEqual([1])
    expect(lineage.effects(1)).toEqual([2])
    expect(linked(event(1, 'Other', data), passed(2, due)).causes(2)).toEqual([])
  })

  it('has its cause in the last of several, and none where nobody set it', () => {
    const call = (revision: number, account: string) => event(revision, 'MarginCall', { account })
    const lineage = linked(call(0, 'a'), call(1, 'b'), passed(2, ['margin-call', 'a'], ['margin-call', 'b']), passed(3))
    expect(lineage.causes(2).map(({ revision }) => revision)).toEqual([1])
    expect([lineage.effects(0), lineage.effects(1), lineage.causes(3)]).toEqual([[], [2], []])
  })
})

describe('a line of causes', () => {
  const command = { type: 'Deposit' }
  const lineage = linked(
    event(0, 'A', {}, { command, events: 2 }),
    event(1, 'B', {}, { commandId: 'c-0', events: undefined }),
    event(2, 'C', {}, { causationId: 'e-1', actor: 'margin' }),
    event(3, 'D', {}, { causationId: 'e-2' }),
    event(4, 'E', {}, { causationId: 'e-0' }),
  )

  it('leads from event to event up to an outsider', () => {
    expect(lineage.causes(3).map(({ revision, type }) => `${revision} ${type}`)).toEqual(['2 C', '1 B'])
    expect([lineage.causes(0), lineage.causes(1), lineage.causes(9)]).toEqual([[], [], []])
  })

  it('knows the events of one command, whose it is, and what followed from any of them', () => {
    expect([0, 1, 2].map(lineage.group)).toEqual([
      { first: 0, last: 1 },
      { first: 0, last: 1 },
      { first: 2, last: 2 },
    ])
    expect(lineage.group(9)).toBeUndefined()
    expect([0, 1, 2, 9].map(lineage.effects)).toEqual([[2, 4], [2, 4], [3], []])
    expect(lineage.origin(1)).toEqual({
      revision: 1,
      type: 'B',
      at: 'at 0',
      command: { id: 'c-0', type: 'Deposit', actor: 'venue', revision: 0 },
    })
    expect(lineage.origin(2)?.command).toEqual({ id: 'c-2', type: 'bulk', actor: 'margin', revision: 2 })
    expect([lineage.origin(9), lineage.revisionOf('e-3'), lineage.revisionOf('e-9')]).toEqual([undefined, 3, undefined])
  })
})

describe('the trail of an account', () => {
  const posting = (account: string, amount: string) => ({ account, asset: 'USD', amount })
  const moving = (revision: number, ...postings: readonly object[]) =>
    ({ ...event(revision, 'T', {}), postings }) as LedgerEvent

  it('names the last fifty events of a balance, and counts all since it was last zero', () => {
    const trail = newTrail('a')
    for (let revision = 0; revision < 52; revision += 1) trail.note(moving(revision, posting('trader/a', '1')))
    const { count, events } = trail.balance('trader/a', 'USD')
    expect([count, events.length, events[0]?.revision, events.at(-1)]).toEqual([
      52,
      50,
      2,
      { revision: 51, type: 'T', amount: '1' },
    ])
    trail.note(moving(52, posting('trader/a', '-52')))
    expect(trail.balance('trader/a', 'USD')).toEqual({ count: 0, events: [] })
  })

  it('is of its own books only', () => {
    const trail = newTrail('a')
    trail.note(moving(0, posting('trader/a/X', '1'), posting('trader/ab', '2'), posting('custody', '-3')))
    expect(trail.balance('trader/a/X', 'USD').count).toBe(1)
    expect([trail.balance('trader/ab', 'USD').count, trail.balance('custody', 'USD').count]).toEqual([0, 0])
    expect(trail.balance('trader/a', 'EUR')).toEqual({ count: 0, events: [] })
  })

  it('remembers the last event that gave a price, an index, terms or parameters', () => {
    const trail = newTrail('a')
    trail.note(event(0, 'PriceTick', { instrument: 'X', price: '5' }))
    trail.note(event(1, 'PriceTick', { asset: 'E', price: '6' }))
    trail.note(event(2, 'PriceTick', { instrument: 'X', price: '7' }))
    trail.note(event(3, 'FundingPaid', { instrument: 'X', index: '8' }))
    trail.note(event(4, 'InstrumentListed', { instrument: 'X' }))
    trail.note(event(5, 'AssetRegistered', { asset: 'E' }))
    trail.note(event(6, 'PoolParametersSet', {}))
    expect(
      ['price X', 'price E', 'funding X', 'terms X', 'terms E', 'parameters', 'price Y'].map(trail.latest),
    ).toEqual([
      { revision: 2, type: 'PriceTick', amount: '7' },
      { revision: 1, type: 'PriceTick', amount: '6' },
      { revision: 3, type: 'FundingPaid', amount: '8' },
      { revision: 4, type: 'InstrumentListed' },
      { revision: 5, type: 'AssetRegistered' },
      { revision: 6, type: 'PoolParametersSet' },
      undefined,
    ])
  })
})
