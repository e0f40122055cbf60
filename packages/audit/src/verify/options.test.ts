import { evolve, openSnapshot, stateHash, takeSnapshot } from '@novation/clearing'
import { coin, expiry, optioned } from '../test-options'
import { foldOf, type Line, runLines, services, storedOf } from '../test-world'
import { readOverrides } from '../what-if/overrides'
import { whatIf } from '../what-if/what-if'
import { verify } from './verify'

/** All that options are marked by, once more, and what the house knew before beside it. */
const market = (second: number, index: string): readonly Line[] => [
  [second, 'PublishPrice', { asset: 'BTC', price: index }],
  [second, 'PublishPrice', { instrument: 'BTC-PERP', price: '1000' }],
  [second, 'PublishForward', { ...coin, expiry, price: index }],
  [second, 'PublishVolatility', { ...coin, expiry, points: [{ strike: '1000', volatility: '0.8' }] }],
]

/** The maker has taken out what it could; then calls rise, gains are made cash, and it is called and put up for auction. */
const events = runLines([
  ...optioned,
  [102, 'Withdraw', { account: 'maker', asset: 'USD', amount: '9800' }],
  ...market(110, '1040'),
  [111, 'SettleVariation', {}],
  ...market(120, '1150'),
  ...market(150, '1180'),
])
const ledger = storedOf(events)

describe('a ledger with options in it', () => {
  it('comes to an auction of a portfolio', () =>
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['VariationSettled', 'MarginCall', 'LiquidationStarted']),
    ))

  it('is sound: every decision in it is made again', async () => {
    const { sound, complete, firstBroken } = await verify(ledger, { pool: 'main' })
    expect({ sound, complete, firstBroken }).toEqual({ sound: true, complete: true, firstBroken: undefined })
  })

  it('is the same from a snapshot at any revision', () => {
    const hash = stateHash(foldOf(events))
    for (const [i] of events.entries()) {
      const opened = openSnapshot(takeSnapshot(foldOf(events.slice(0, i + 1))))
      if (opened._tag === 'Left') throw new Error(`no snapshot of ${i} opens: ${opened.left}`)
      expect([i, stateHash(events.slice(i + 1).reduce(evolve, opened.right))]).toEqual([i, hash])
    }
  })

  it('comes to itself where nothing is changed, and to no auction where less had been asked of portfolios', async () => {
    const tried = async (json: unknown) => {
      const read = readOverrides(json)
      if (read._tag === 'Left') throw new Error(read.left.join('; '))
      return whatIf(ledger, { pool: 'main', overrides: read.right, reactors: services, maxSettle: 1000 })
    }
    expect(await tried({})).toMatchObject({ sameAsLedger: true, recorded: { liquidated: ['maker'] } })
    const milder = { pool: { margin: { maintenanceFactor: '0.1', initialFactor: '0.1', offsetLimit: '0.8' } } }
    expect(await tried(milder)).toMatchObject({ recorded: { liquidated: ['maker'] }, new: { liquidated: [] } })
  })
})
