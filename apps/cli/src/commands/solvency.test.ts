import { exitCodes } from '../exit-code'
import { anyPrice, historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { take, folder, file } = testWorld()

const moves = ndjson(
  ...smallPool,
  anyPrice,
  ['PublishPrice', { instrument: 'BTC-PERP', price: '860' }, { at: '2020-03-12T10:00:30Z' }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '740' }, { at: '2020-03-12T10:01:00Z' }],
)

const at = (place: string, ledger = 'moves') =>
  take(['solvency', `--ledger=${folder(ledger)}`, `--at=${place}`, '--output=json'])

beforeAll(() => take(['run', file('moves.ndjson', moves), `--ledger=${folder('moves')}`]))

describe('novation solvency', () => {
  it('at a revision is the statement of a run that was cut there', async () => {
    const lines = moves.split('\n')
    for (const cut of [3, 8, 11, 12]) {
      const ledger = `cut-${cut}`
      const run = await take([
        'run',
        file('cut.ndjson', lines.slice(0, cut).join('\n')),
        `--ledger=${folder(ledger)}`,
        '--output=json',
      ])
      const last = (await historyIn(folder(ledger))).length - 1
      expect((await at(String(last))).out).toBe(run.out)
    }
  })

  it('has no imbalance at any revision, also in the middle of a command', async () => {
    const events = (await historyIn(folder('moves'))).length
    for (let revision = 1; revision < events; revision += 1) {
      const statement = JSON.parse((await at(String(revision))).out)
      expect(statement.revision).toBe(revision)
      expect(statement.assets).toMatchObject([{ asset: 'USD', imbalance: '0' }])
    }
  })

  it('inside a command names it, and has no imbalance although only one side has traded at a price off the mark', async () => {
    const off = ndjson(
      ...smallPool,
      ['PublishPrice', { instrument: 'BTC-PERP', price: '1000.7' }, { at: '2020-03-12T10:00:30Z' }],
      [
        'ClearTrade',
        { trade: 't-2', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '0.3', price: '1001.19' },
      ],
    )
    await take(['run', file('off.ndjson', off), `--ledger=${folder('off')}`])
    const end = (await historyIn(folder('off'))).length - 1
    const states = []
    for (const revision of [end - 2, end - 1, end]) {
      const { assets, inProgress } = JSON.parse((await at(String(revision), 'off')).out)
      states.push([assets[0].imbalance, inProgress])
    }
    const half = (done: number) => [{ what: 'command', id: 'c-13', done, total: 3 }]
    expect(states).toEqual([
      ['0', half(1)],
      ['0', half(2)],
      ['0', []],
    ])
    expect((await take(['solvency', `--ledger=${folder('off')}`, `--at=${end - 1}`])).out).toContain(
      'Open: command c-13: 2 of 3 done.',
    )
  })

  it('at a time is that of the last event at or before it', async () => {
    const { out } = await at('@2020-03-12T10:00:59.999Z')
    expect(JSON.parse(out)).toMatchObject({ at: '2020-03-12T10:00:30.000Z', instruments: [{ mark: '860' }] })
  })

  it('after the last event is the end', async () => {
    const end = (await at('end')).out
    expect((await at('999999')).out).toBe(end)
    expect((await at('@2030-01-01T00:00:00Z')).out).toBe(end)
  })

  it('at the start is the first event', async () => {
    expect(JSON.parse((await at('start')).out).revision).toBe(0)
  })

  it('before the first event exits 1 and says so', async () => {
    const { code, out, err } = await at('@1999-01-01T00:00:00Z')
    expect({ code, out }).toEqual({ code: exitCodes.failed, out: '' })
    expect(err).toMatch(/there is no event at or before that position[\s\S]*id: no-events/)
  })

  it('exits 4 where the house is insolvent', async () => {
    const { code, out } = await at('end')
    expect(JSON.parse(out)).toMatchObject({ solvent: false, losses: { uncovered: '10' } })
    expect(code).toBe(exitCodes.finding)
  })

  it('is told in words and tables to people', async () => {
    const { out } = await take(['solvency', `--ledger=${folder('moves')}`])
    expect(out).toContain('INSOLVENT: 10.00 of losses are beyond the prefunded layers.')
    expect(out).toMatch(/ USD +650\.00 +none +660\.00 +60\.00 +600\.00 +50\.00 +0\.00 +0\.00 +0\.000000 +0$/m)
    expect(out).toMatch(/ alice +bankrupt +-60\.00 /)
  })
})
