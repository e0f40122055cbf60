import type { Command, LedgerEvent } from '@novation/events'
import { type Overrides, overrideCommand, overrideEvent, readOverrides } from './overrides'

const read = (json: unknown): Overrides => {
  const overrides = readOverrides(json)
  if (overrides._tag === 'Left') throw new Error(overrides.left.join('; '))
  return overrides.right
}
const margin = { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] }
const strict = { model: 'tiered', tiers: [{ initial: '0.3', maintenance: '0.2' }] }

const parameters = (data: unknown): Command =>
  ({ id: 'c-1', type: 'SetPoolParameters', pool: 'main', actor: 'operator', data }) as Command
const listing = (data: object): Command =>
  ({
    id: 'c-2',
    type: 'ListInstrument',
    pool: 'main',
    actor: 'operator',
    data: { instrument: 'X', margin, ...data },
  }) as unknown as Command
const dataOf = (command: Command, json: unknown) => overrideCommand(command, read(json)).data

describe('parameters laid over recorded ones', () => {
  it.each([
    [{}, {}, {}],
    [{ callPeriod_s: 60 }, {}, { callPeriod_s: 60 }],
    [{}, { callPeriod_s: 60 }, { callPeriod_s: 60 }],
    [{ callPeriod_s: 60, lossWindow_s: 5 }, { callPeriod_s: 30 }, { callPeriod_s: 30, lossWindow_s: 5 }],
    [{ waterfall: { skinInTheGame: '1' } }, {}, { waterfall: { skinInTheGame: '1' } }],
    [{}, { waterfall: { skinInTheGame: '1' } }, { waterfall: { skinInTheGame: '1' } }],
    [
      { waterfall: { deleveraging: 'queue', skinInTheGame: '2' } },
      { waterfall: { skinInTheGame: '3' } },
      { waterfall: { deleveraging: 'queue', skinInTheGame: '3' } },
    ],
    [{ liquidation: { fee: '0.1' } }, {}, { liquidation: { fee: '0.1' } }],
    [{}, { liquidation: { fee: '0.1' } }, { liquidation: { fee: '0.1' } }],
    [
      { liquidation: { fee: '0.1', dust: '5' } },
      { liquidation: { fee: '0.2' } },
      { liquidation: { fee: '0.2', dust: '5' } },
    ],
    [
      { liquidation: { auction: { fastSeconds: 1 } } },
      { liquidation: { fee: '0.2' } },
      { liquidation: { fee: '0.2', auction: { fastSeconds: 1 } } },
    ],
    [
      { liquidation: { auction: { fastSeconds: 1, slowSeconds: 2 } } },
      { liquidation: { auction: { fastSeconds: 3 } } },
      { liquidation: { auction: { fastSeconds: 3, slowSeconds: 2 } } },
    ],
  ])('%j, over it %j', (recorded, pool, expected) => {
    expect(dataOf(parameters(recorded), { pool })).toEqual(expected)
  })

  it('stand over what was changed later, too', () => {
    const later = (data: object): Command =>
      ({ ...listing({}), type: 'SetInstrumentParameters', data: { instrument: 'X', ...data } }) as unknown as Command
    const over = { instruments: { X: { margin: strict } } }
    expect(dataOf(later({ margin }), over)).toEqual({ instrument: 'X', margin: strict })
    expect(dataOf(later({ liquidation: { fee: '0.1' } }), over)).toEqual({
      instrument: 'X',
      margin: strict,
      liquidation: { fee: '0.1' },
    })
    const event = { type: 'InstrumentParametersSet', data: { instrument: 'X', margin, from: 'soon' } }
    expect(overrideEvent(event as unknown as LedgerEvent, read(over)).data).toEqual({
      instrument: 'X',
      margin: strict,
      from: 'soon',
    })
  })

  it('change an instrument in what is named, and no other', () => {
    const change = (json: unknown) => ({ instruments: { X: json } })
    const recorded = { liquidation: { fee: '0.1', auction: { fastSeconds: 1 } } }
    expect(dataOf(listing({}), change({}))).toEqual({ instrument: 'X', margin })
    expect(dataOf(listing({}), change({ margin: strict }))).toEqual({ instrument: 'X', margin: strict })
    expect(dataOf(listing(recorded), change({ margin: strict }))).toEqual({
      instrument: 'X',
      margin: strict,
      ...recorded,
    })
    expect(dataOf(listing({}), change({ liquidation: { fee: '0.2' } }))).toEqual({
      instrument: 'X',
      margin,
      liquidation: { fee: '0.2' },
    })
    expect(dataOf(listing(recorded), change({ liquidation: { fee: '0.2' } }))).toEqual({
      instrument: 'X',
      margin,
      liquidation: { fee: '0.2', auction: { fastSeconds: 1 } },
    })
    const other = listing({ instrument: 'Y' })
    expect(overrideCommand(other, read(change({ margin: strict })))).toBe(other)
  })

  it('leave every other command as it is', () => {
    const deposit = { id: 'c-3', type: 'Deposit', pool: 'main', data: {} } as unknown as Command
    expect(overrideCommand(deposit, read({ pool: { callPeriod_s: 60 } }))).toBe(deposit)
  })

  it('change a listing from before they begin, and no other event', () => {
    const event = (type: string, instrument: string) =>
      ({ type, data: { instrument, margin } }) as unknown as LedgerEvent
    const overrides = read({ instruments: { X: { margin: strict } } })
    expect(overrideEvent(event('InstrumentListed', 'X'), overrides).data).toEqual({ instrument: 'X', margin: strict })
    for (const kept of [event('InstrumentListed', 'Y'), event('PriceTick', 'X')])
      expect(overrideEvent(kept, overrides)).toBe(kept)
  })
})

describe('a file of overrides', () => {
  it.each([
    [null, 'expected an object with pool, instruments or both'],
    [[], 'expected an object with pool, instruments or both'],
    ['x', 'expected an object with pool, instruments or both'],
    [{ instruments: [] }, 'instruments: expected an object of instruments by name'],
    [{ instruments: { X: 7 } }, 'instruments.X: expected an object'],
    [{ pols: {} }, 'pols: unknown field; there is pool, instruments'],
    [{ instruments: { X: { lot: '1' } } }, 'instruments.X.lot: unknown field; there is margin, liquidation'],
  ])('%j is refused: %s', (json, reason) => expect(readOverrides(json)).toEqual({ _tag: 'Left', left: [reason] }))

  it('is refused with all that is wrong, three problems of each part at most', () => {
    const said = readOverrides({
      pool: { callPeriod_s: 'a', lossWindow_s: 'b', priceTolerance_s: 'c', priceFuture_s: 'd' },
      instruments: { X: { margin: 1, liquidation: 2 } },
    })
    if (said._tag === 'Right') throw new Error('it was taken')
    const of = (where: string) => said.left.filter((problem) => problem.startsWith(where)).length
    expect([of('pool: '), of('instruments.X.margin: '), of('instruments.X.liquidation: ')]).toEqual([3, 1, 1])
  })

  it('may be empty', () => expect(read({})).toEqual({ pool: {}, instruments: {} }))
})
