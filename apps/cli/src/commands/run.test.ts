import { exitCodes } from '../exit-code'
import { historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { take, folder, file } = testWorld()

/** alice loses what she has: called, put up for auction, taken by the backstop in part, the rest deleveraged. */
const crash = ndjson(
  ...smallPool,
  ['SetPoolParameters', { backstop: 'backstop' }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '860' }, { at: '2020-03-12T10:00:30Z' }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '830' }, { at: '2020-03-12T10:00:45Z' }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '790' }, { at: '2020-03-12T10:01:00Z' }],
  ...['03', '05', '07', '09', '11'].map(
    (minute) =>
      ['PublishPrice', { instrument: 'BTC-PERP', price: '780' }, { at: `2020-03-12T10:${minute}:00Z` }] as const,
  ),
  ['PublishPrice', { instrument: 'BTC-PERP', price: '700' }, { at: '2020-03-12T10:11:20Z' }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '700' }, { at: '2020-03-12T10:12:40Z' }],
)

const types = (out: string): readonly string[] =>
  out
    .trim()
    .split('\n')
    .map((line): { type?: string } => JSON.parse(line))
    .flatMap(({ type }) => (type === undefined ? [] : [type]))

describe('novation run', () => {
  it('refuses a line that leaps over months, for time never goes back, unless it may', async () => {
    const later = (at: string) => ['PublishPrice', { instrument: 'BTC-PERP', price: '1000' }, { at }] as const
    const lines = ndjson(...smallPool, later('2920-03-12T10:01:00Z'), later('2020-04-12T10:00:00.001Z'))
    const run = (name: string, ...more: readonly string[]) =>
      take(['run', file('leap.ndjson', lines), `--ledger=${folder(name)}`, '--output=json', ...more])
    const { code, out, err } = await run('leap')
    expect([code, JSON.parse(out).at]).toEqual([exitCodes.failed, '2020-03-12T10:00:00.000Z'])
    for (const [line, at] of [
      [12, '2920-03-12T10:01:00Z'],
      [13, '2020-04-12T10:00:00.001Z'],
    ])
      expect(err).toContain(
        `line ${line}: malformed: at: ${at} is more than 31 days after 2020-03-12T10:00:00.000Z, and time never goes back; if it is meant, allow it with --jump=DAYS\n`,
      )
    const meant = await run('meant', '--jump=400000')
    expect([meant.code, JSON.parse(meant.out).at]).toEqual([exitCodes.ok, '2920-03-12T10:01:00.000Z'])
    const first = ndjson(['RegisterAsset', { asset: 'USD', decimals: 2 }, { at: '2924-01-01T00:00:00Z' }])
    expect((await take(['run', file('first.ndjson', first), `--ledger=${folder('first')}`])).err).toContain('malformed')
  })

  it('takes a file in, and gives events and then the statement out', async () => {
    const { code, out, err } = await take([
      'run',
      file('crash.ndjson', crash),
      `--ledger=${folder('crash')}`,
      '--events',
      '--output=json',
    ])
    expect(code).toBe(exitCodes.ok)
    expect(err).toMatch(/^run: 22 lines: 22 accepted, 0 rejected, .* stands at revision \d+\n$/)
    const happened = types(out)
    for (const type of ['MarginCall', 'LiquidationStarted', 'AuctionTurned', 'InsuranceDrawn', 'LiquidationEnded'])
      expect(happened).toContain(type)
    const lines = out.trim().split('\n')
    const statement: { assets: unknown; revision: number } = JSON.parse(lines.at(-1) ?? '')
    expect(statement.assets).toMatchObject([{ asset: 'USD', custody: '650', imbalance: '0' }])
    expect(statement.revision).toBe(lines.length - 2)
  })

  it('prints each event with its fields in the order of the contract', async () => {
    const { out } = await take([
      'run',
      file('one.ndjson', ndjson(...smallPool)),
      `--ledger=${folder('order')}`,
      '--events',
    ])
    const [first = ''] = out.split('\n')
    expect(Object.keys(JSON.parse(first))).toEqual([
      'id',
      'type',
      'pool',
      'revision',
      'at',
      'data',
      'postings',
      'metadata',
    ])
    expect(Object.keys(JSON.parse(first).metadata)).toEqual([
      'commandId',
      'correlationId',
      'causationId',
      'actor',
      'version',
      'decider',
      'hash',
      'previousHash',
      'command',
      'events',
    ])
  })

  it('names the line and the reason of what it cannot read, does the rest, and exits 1', async () => {
    const [head = '', ...rest] = ndjson(...smallPool).split('\n')
    const text = [
      head,
      'not json',
      ...rest,
      JSON.stringify({
        id: 'x',
        type: 'Deposit',
        pool: 'main',
        data: { account: 'bob', asset: 'USD', amount: '9'.repeat(10_000) },
      }),
    ].join('\n')
    const { code, err } = await take(['run', file('bad.ndjson', text), `--ledger=${folder('bad')}`, '--output=json'])
    expect(code).toBe(exitCodes.failed)
    expect(err).toMatch(/^line 2: malformed: not JSON: /m)
    expect(err).toMatch(/^line 14: malformed: data\.amount: .*\(10000 characters\)$/m)
    expect(err).toContain('11 accepted')
  })

  it("refuses a service's command, another pool and a reused id in the same form, and exits 0", async () => {
    const text =
      ndjson(...smallPool) +
      [
        { id: 's', type: 'StartLiquidation', pool: 'main', actor: 'liquidator', data: { account: 'alice' } },
        { id: 'p', type: 'OpenAccount', pool: 'other', data: { account: 'carol' } },
        { id: 'c-1', type: 'OpenAccount', pool: 'main', data: { account: 'carol' } },
        { id: 'c-1', type: 'RegisterAsset', pool: 'main', data: { asset: 'USD', decimals: 2, settlement: true } },
        {
          id: 't',
          type: 'Withdraw',
          pool: 'main',
          actor: 'trader:alice',
          data: { account: 'bob', asset: 'USD', amount: '1' },
        },
      ]
        .map((command) => `${JSON.stringify(command)}\n`)
        .join('')
    const { code, err } = await take(['run', file('refused.ndjson', text), `--ledger=${folder('refused')}`])
    expect(code).toBe(exitCodes.ok)
    expect(err).toMatch(/^line 12: not-permitted: liquidator is a service/m)
    expect(err).toMatch(/^line 13: wrong-pool: /m)
    expect(err).toMatch(/^line 14: id-reused: /m)
    expect(err).toMatch(/^line 16: not-permitted: trader:alice may act for itself only, not for bob$/m)
    expect(err).toContain('11 accepted, 0 rejected, 1 done before, 4 refused, 0 malformed')
  })

  it('takes a rejection for an outcome: it is an event, and the exit code is 0', async () => {
    const text = ndjson(...smallPool, ['Withdraw', { account: 'alice', asset: 'USD', amount: '150' }])
    const { code, out, err } = await take(['run', file('no.ndjson', text), `--ledger=${folder('no')}`, '--events'])
    expect({ code, said: err.split(':').slice(0, 1) }).toEqual({ code: exitCodes.ok, said: ['run'] })
    expect(out).toContain('"type":"CommandRejected"')
    expect(out).toContain('"code":"insufficient-margin"')
  })

  it('reads standard input for a dash, and for no file at all', async () => {
    const dash = await take(['run', '-', `--ledger=${folder('dash')}`, '--output=json'], { stdin: crash })
    const none = await take(['run', `--ledger=${folder('none')}`, '--output=json'], { stdin: crash })
    expect(dash.code).toBe(exitCodes.ok)
    expect(none.out).toBe(dash.out)
  })

  it('does nothing twice: the same file again adds no event', async () => {
    const words = ['run', file('again.ndjson', crash), `--ledger=${folder('again')}`, '--output=json']
    const first = await take(words)
    const before = await historyIn(folder('again'))
    const second = await take(words)
    expect(second.out).toBe(first.out)
    expect(second.err).toContain('0 accepted, 0 rejected, 22 done before, 0 refused, 0 malformed; 0 events added')
    expect(await historyIn(folder('again'))).toEqual(before)
  })

  it('goes on in a ledger that holds a part already, and ends with the very same one', async () => {
    await take(['run', file('whole.ndjson', crash), `--ledger=${folder('whole')}`])
    const lines = crash.split('\n')
    for (const part of [5, 12, 13, 15]) {
      const ledger = folder(`part-${part}`)
      await take(['run', file('part.ndjson', lines.slice(0, part).join('\n')), `--ledger=${ledger}`])
      await take(['run', file('whole.ndjson', crash), `--ledger=${ledger}`])
      expect(await historyIn(ledger)).toEqual(await historyIn(folder('whole')))
    }
  })

  it('lets time stand still after the last line, and pass where it is told to', async () => {
    const lasting = ['SetPoolParameters', { deviation: '10', priceTolerance_s: 7200, wear_s: 7200 }] as const
    const text = ndjson(...smallPool, lasting, ['PublishPrice', { instrument: 'BTC-PERP', price: '860' }])
    const still = await take(['run', file('time.ndjson', text), `--ledger=${folder('still')}`, '--output=json'])
    expect(JSON.parse(still.out).open).toMatchObject([
      { what: 'margin-call', id: 'alice', due: '2020-03-12T11:00:00.000Z' },
    ])
    const words = [
      'run',
      file('time.ndjson', text),
      `--ledger=${folder('still')}`,
      '--until=2020-03-12T11:00:00Z',
      '--events',
    ]
    expect((await take(words)).out).toContain('"type":"MarginCallMissed"')
    expect(types((await take([...words, '--output=json'])).out)).toEqual([])
  })

  it('stops at a settling without end, names who asks, and keeps what was settled before', async () => {
    const ledger = folder('never')
    const { code, err } = await take(['run', file('crash.ndjson', crash), `--ledger=${ledger}`, '--max-settle=1'])
    expect(code).toBe(exitCodes.failed)
    expect(err).toMatch(/the reactor (margin|liquidator|insurance) keeps asking[\s\S]*id: never-settles/)
    expect((await historyIn(ledger)).length).toBeGreaterThan(10)
  })

  it('says nothing on standard output where there is nothing: no line, no ledger', async () => {
    const empty = await take(['run', file('empty.ndjson', '\n\n'), `--ledger=${folder('empty')}`])
    expect({ code: empty.code, out: empty.out }).toEqual({ code: exitCodes.ok, out: '' })
  })

  it('shows the statement of a ledger for no lines at all', async () => {
    await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${folder('shown')}`])
    const { out } = await take(['run', `--ledger=${folder('shown')}`])
    expect(out).toContain('Pool main at revision')
  })

  it('keeps what was done when somebody interrupts it, and says how to go on', async () => {
    const stop = new AbortController()
    const ledger = folder('stopped')
    const whole = file('crash.ndjson', crash)
    const { code, out, err } = await take(['run', whole, `--ledger=${ledger}`, '--events'], {
      interrupted: stop.signal,
      hears: () => stop.abort(),
    })
    expect(code).toBe(exitCodes.interrupted)
    expect(err).toMatch(/interrupted after line \d+; .* Run the same command again to go on/)
    expect(types(out)).toHaveLength((await historyIn(ledger)).length)
    await take(['run', whole, `--ledger=${ledger}`])
    await take(['run', whole, `--ledger=${folder('unstopped')}`])
    expect(await historyIn(ledger)).toEqual(await historyIn(folder('unstopped')))
  })

  it('says which file it cannot read', async () => {
    const { code, err } = await take(['run', folder('no-such.ndjson'), `--ledger=${folder('unread')}`])
    expect(code).toBe(exitCodes.failed)
    expect(err).toContain('id: cannot-read')
  })
})
