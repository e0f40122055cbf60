import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { EventType } from '@novation/events'
import { exitCodes } from '../exit-code'
import { historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { take, folder, file } = testWorld()
jest.setTimeout(300_000)

const demo = (name: string, ...more: readonly string[]) =>
  take(['demo', '--accounts=100', '--sources=0', `--ledger=${folder(name)}`, ...more])

/** Everything that is to be seen in a demo whose prices are told. */
const shown: readonly EventType[] = [
  'PriceTick',
  'TradeCleared',
  'FundingPaid',
  'CollateralWithdrawn',
  'MarginCall',
  'MarginCallMet',
  'MarginCallMissed',
  'LiquidationStarted',
  'AuctionTurned',
  'Liquidated',
  'InsuranceDrawn',
  'Deleveraged',
  'InstrumentSettled',
  'LiquidationEnded',
]

describe('novation demo', () => {
  it('shows the whole clearinghouse at work, and ends balanced', async () => {
    const { code, out, err } = await demo('first', '--output=json')
    expect(code).toBe(exitCodes.ok)
    expect(err).toMatch(/^demo: 100 traders, a made path .*\n/)
    const { events, fills, statement, called, liquidated, deleveraged } = JSON.parse(out)
    for (const type of shown) expect([type, events[type] > 0]).toEqual([type, true])
    expect(Object.keys(fills)).toEqual(expect.arrayContaining(['keeper-1', 'backstop']))
    expect([called, liquidated, Object.keys(deleveraged)].every(({ length }) => length > 5)).toBe(true)
    expect(statement).toMatchObject({ solvent: true, frozen: false, assets: [{ asset: 'USD', imbalance: '0' }] })
    expect(Number(statement.losses.skinInTheGame)).toBeGreaterThan(0)
  })

  it('with the same seed makes the same events, byte for byte', async () => {
    await demo('second')
    const first = await historyIn(folder('first'))
    expect(first.length).toBeGreaterThan(5_000)
    expect(await historyIn(folder('second'))).toEqual(first)
  })

  it('comes to the same where all of it is signed with development keys', async () => {
    const { code, out, err } = await demo('signed', '--identity=development', '--output=json')
    expect([code, err]).toEqual([exitCodes.ok, expect.stringContaining('signed with development keys')])
    expect(err).not.toMatch(/^command /m)
    const told = ({ statement, events, head: _, ...rest }: Record<string, Record<string, unknown>>) => {
      const { revision: __, stateHash: ___, identity, ...state } = statement ?? {}
      const { IdentityAdopted: ____, KeyRegistered: _____, ...happened } = events ?? {}
      return { rest, state, happened, identity }
    }
    const signed = told(JSON.parse(out))
    const open = told(JSON.parse((await demo('first', '--output=json')).out))
    expect([signed.identity, open.identity]).toEqual(['development', 'open'])
    expect({ ...signed, identity: 'open' }).toEqual(open)
    const verified = await take(['verify', `--ledger=${folder('signed')}`, '--depth=signature'])
    expect([verified.code, verified.out]).toEqual([exitCodes.ok, expect.stringContaining('Signed from revision 0 on')])
  })

  it('shows what portfolio margin asks of hedged books of options, and what becomes of who sold them naked', async () => {
    const words = ['demo', '--portfolio', '--accounts=20', `--ledger=${folder('options')}`]
    const { code, out } = await take([...words, '--output=json'])
    expect(code).toBe(exitCodes.ok)
    const { portfolio, statement, events } = JSON.parse(out)
    expect(portfolio.books).toHaveLength(2)
    for (const { together, alone } of portfolio.books) expect(Number(together)).toBeLessThan(Number(alone))
    expect(portfolio.writers.called).toBeGreaterThan(0)
    expect(portfolio.writers.liquidated).toBeGreaterThan(0)
    expect(events.VolatilityTick).toBeGreaterThan(1_000)
    expect(statement.assets.map(({ imbalance }: { readonly imbalance: string }) => imbalance)).toEqual(['0', '0'])
    expect((await take([...words.slice(0, 2), '--sources=7'])).err).toContain('leave --sources out')
  })

  it('is told in words and small tables, with the next commands to try', async () => {
    const { out } = await demo('first')
    for (const words of [
      'called',
      'liquidated',
      'deleveraged',
      'haircut',
      'insurance fund',
      'Imbalance:   0. Solvent.',
    ])
      expect(out).toContain(words)
    const lines = [...out.matchAll(/^ {2}npx novation (.*)$/gm)].map(([, line = '']) => line.split(' '))
    expect(lines.map(([name]) => name)).toEqual(['solvency', 'explain', 'verify'])
    // At the bottom of the crash the house owed more than its layers held: that is a finding, and no failure.
    const allowed: readonly number[] = [exitCodes.ok, exitCodes.finding]
    for (const words of lines) expect(allowed).toContain((await take(words)).code)
  })

  it('goes on where it was interrupted, and only there', async () => {
    const stop = new AbortController()
    let commands = 0
    const clock = {
      now: () => {
        commands += 1
        if (commands === 2_000) stop.abort()
        return commands
      },
      sleep: async () => undefined,
    }
    const words = ['demo', '--accounts=100', '--sources=0', `--ledger=${folder('third')}`]
    const { code, out, err } = await take(words, { interrupted: stop.signal, clock })
    expect({ code, out }).toEqual({ code: exitCodes.interrupted, out: '' })
    expect(err).toContain(`Run the same command with --ledger=${folder('third')} to go on.`)
    const kept = await historyIn(folder('third'))
    const first = await historyIn(folder('first'))
    expect(kept).toEqual(first.slice(0, kept.length))
    expect((await take([...words, '--seed=2'])).err).toContain('id: ledger-not-empty')
    await take(words)
    expect(await historyIn(folder('third'))).toEqual(first)
  })

  it('leaves a ledger alone that holds anything else', async () => {
    await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${folder('other')}`])
    const before = await historyIn(folder('other'))
    const { code, err } = await demo('other')
    expect(code).toBe(exitCodes.failed)
    expect(err).toContain('id: ledger-not-empty')
    expect(await historyIn(folder('other'))).toEqual(before)
  })

  it('runs on the real prices of 2020-03-12 and 13', async () => {
    const prices = join(__dirname, '../../../../../shared/data/prices/btc-usdt-perp-binance-1m-2020-03-12_13.csv')
    if (!existsSync(prices)) return console.warn(`skipped: ${prices} is not there`)
    const { code, out } = await demo('real', `--prices=${prices}`, '--output=json')
    expect(code).toBe(exitCodes.ok)
    const { events, statement } = JSON.parse(out)
    expect(events.Liquidated).toBeGreaterThan(10)
    expect(statement).toMatchObject({ solvent: true, assets: [{ imbalance: '0' }] })
  })
})
