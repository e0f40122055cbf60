import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes } from '../exit-code'
import { take } from './kit/take'

const folder = mkdtempSync(join(tmpdir(), 'novation-replay-'))
const ledger = join(folder, 'ledger')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const tried = (parameters: unknown, ...more: readonly string[]) =>
  take(['replay', `--ledger=${ledger}`, `--parameters=${file('new.json', JSON.stringify(parameters))}`, ...more])

/** alice is long 10 at 1000 with 1900 of her own, which a fall to 950 leaves at 1400: far from 5 % of maintenance. */
const world = [
  ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  [
    'ListInstrument',
    {
      instrument: 'BTC-PERP',
      kind: 'perpetual',
      settlementAsset: 'USD',
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
    },
  ],
  ['OpenAccount', { account: 'alice' }],
  ['OpenAccount', { account: 'bob' }],
  ['Deposit', { account: 'alice', asset: 'USD', amount: '1900' }],
  ['Deposit', { account: 'bob', asset: 'USD', amount: '5000' }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '1000' }],
  [
    'ClearTrade',
    { trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '10', price: '1000' },
  ],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '950' }],
  ['Withdraw', { account: 'alice', asset: 'USD', amount: '100' }],
]
  .map(([type, data], second) => ({ type, data, second }))
  .map(({ type, data, second }) =>
    JSON.stringify({ id: `c-${second}`, type, pool: 'main', at: `2020-03-12T10:00:0${second}Z`, data }),
  )
  .join('\n')

const margin = (initial: string, maintenance: string) => ({
  instruments: { 'BTC-PERP': { margin: { model: 'tiered', tiers: [{ initial, maintenance }] } } },
})

beforeAll(async () => {
  expect((await take(['run', file('world.ndjson', world), `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
})

describe('novation replay', () => {
  it('names who is called, liquidated, deleveraged and haircut, as recorded and under the new parameters', async () => {
    const { code, out } = await tried(margin('0.15', '0.05'), '--output=json')
    expect(code).toBe(exitCodes.ok)
    expect(JSON.parse(out)).toMatchObject({
      recorded: { called: [], liquidated: [], deleveraged: [], haircut: [], losses: { insurance: '0' } },
      new: { called: ['alice'], liquidated: [], deleveraged: [], haircut: [], losses: { insurance: '0' } },
      sameAsLedger: true,
    })
  })

  it('lists the commands that the new history refuses', async () => {
    const { out } = await tried(margin('0.15', '0.05'), '--output=json')
    expect(JSON.parse(out).refused).toMatchObject({ count: 1, commands: [{ id: 'c-9', type: 'Withdraw' }] })
  })

  it('says in words how the two histories differ', async () => {
    const { out } = await tried(margin('0.15', '0.05'))
    expect(out).toMatch(/called +0 +1 +alice[\s\S]*call not met +0 +0/)
    expect(out).toContain('1 command accepted then would be refused')
    expect(out).toContain('With the recorded parameters this is the ledger, event for event.')
  })

  it('ends before the price falls where it is told to', async () => {
    const { out } = await tried(margin('0.15', '0.05'), '--to=@2020-03-12T10:00:07Z', '--output=json')
    expect(JSON.parse(out).new.called).toEqual([])
  })

  it('leaves the ledger as it is, to the byte', async () => {
    const before = readFileSync(join(ledger, 'events.db'))
    await tried(margin('0.2', '0.19'))
    expect(readFileSync(join(ledger, 'events.db')).equals(before)).toBe(true)
  })

  it.each([
    ['is no JSON', '{', 'new.json cannot be used'],
    ['says something unknown', '{"pool":{"waterfal":{}}}', 'pool'],
    ['names an instrument that never was', '{"instruments":{"ETH-PERP":{}}}', 'ETH-PERP: no such instrument'],
    ['holds what the rules refuse', '{"pool":{"liquidation":{"fee":"2"}}}', 'fee'],
  ])('is a mistake of usage where the file %s', async (_, text, reason) => {
    const { code, err, out } = await take([
      'replay',
      `--ledger=${ledger}`,
      `--parameters=${file('new.json', text)}`,
      '--output=json',
    ])
    expect({ code, out }).toEqual({ code: exitCodes.usage, out: '' })
    expect(err).toContain(reason)
  })

  it('writes nothing and says so where somebody interrupts it', async () => {
    const words = ['replay', `--ledger=${ledger}`, `--parameters=${file('new.json', '{}')}`]
    const { code, out } = await take(words, AbortSignal.abort())
    expect({ code, out }).toEqual({ code: exitCodes.interrupted, out: '' })
  })
})
