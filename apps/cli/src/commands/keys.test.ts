import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from '../exit-code'
import { anyPrice, historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { take, folder, file } = testWorld()

/** A folder of keys, and a ledger whose pool has adopted them. */
const signedPool = async (name: string) => {
  const keys = folder(`${name}-keys`)
  const made = await take(['keys', 'init', keys])
  expect(made.code).toBe(exitCodes.ok)
  const adoption = file(`${name}.ndjson`, made.out)
  const ledger = folder(name)
  const run = await take(['run', adoption, `--keys=${keys}`, `--ledger=${ledger}`])
  return { keys, ledger, adoption, made, run }
}

/** A market, and a price at which alice is called and wound down; the services have much to do. */
const crash = ndjson(...smallPool, anyPrice, [
  'PublishPrice',
  { instrument: 'BTC-PERP', price: '840' },
  { actor: 'oracle' },
])

const withdrawal = ndjson([
  'Withdraw',
  { account: 'alice', asset: 'USD', amount: '1' },
  { actor: 'trader:alice', id: 'w' },
])

const anOrder = {
  order: 'o-1',
  account: 'alice',
  instrument: 'BTC-PERP',
  side: 'buy',
  quantity: '1',
  limit: '1000',
  until: '2020-03-12T11:00:00Z',
}

describe('novation keys init', () => {
  it('makes a key of everybody who asks of itself, which nobody else can read, and says how to make them known', async () => {
    const { keys, made } = await signedPool('made')
    expect(readdirSync(keys).sort()).toEqual(
      [
        'clock',
        'insurance',
        'keeper:backstop',
        'liquidator',
        'margin',
        'operator:first',
        'operator:second',
        'oracle',
        'venue',
      ].map((actor) => `${actor}.pem`),
    )
    for (const each of readdirSync(keys)) expect(statSync(join(keys, each)).mode & 0o777).toBe(0o600)
    const lines = made.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ type }) => type)).toEqual(['AdoptIdentity', ...Array.from({ length: 7 }, () => 'RegisterKey')])
    expect(lines[0].data.domain).toMatch(/^[0-9a-f]{32}$/)
  })

  it('writes over no key', async () => {
    const { keys } = await signedPool('over')
    const again = await take(['keys', 'init', keys])
    expect(again.code).toBe(exitCodes.usage)
    expect(again.err).toContain('is there already')
  })

  it('makes keys of whom it is told beside them', async () => {
    const { keys, ledger } = await signedPool('beside')
    const { out } = await take(['keys', 'init', keys, 'trader:alice'])
    expect(existsSync(join(keys, 'trader:alice.pem'))).toBe(true)
    const { err } = await take(['run', file('alice.ndjson', out), `--keys=${keys}`, `--ledger=${ledger}`])
    expect(err).toContain('1 accepted')
  })

  it.each([[['keys', 'init', 'x', 'king']], [['keys', 'init', 'x', 'trader/alice']], [['keys', 'lose', 'x']]])(
    'says what it does not understand: %j',
    async (words) => expect((await take(words)).code).toBe(exitCodes.usage),
  )
})

describe('novation keys show', () => {
  it('says by which name each key is registered', async () => {
    const { keys, made } = await signedPool('shown')
    const shown = JSON.parse((await take(['keys', 'show', keys, '--output=json'])).out)
    const registered = made.out
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line).data)
    expect(shown).toEqual(expect.arrayContaining(registered))
    expect((await take(['keys', 'show', keys])).out).toContain(shown[0].key)
  })

  it('says that there is no such folder', async () =>
    expect(await take(['keys', 'show', folder('nowhere')])).toMatchObject({
      code: exitCodes.failed,
      err: expect.stringContaining('novation keys init'),
    }))

  it('uses no key that others can read', async () => {
    const { keys } = await signedPool('read')
    chmodSync(join(keys, 'venue.pem'), 0o644)
    const { code, err } = await take(['keys', 'show', keys])
    expect(code).toBe(exitCodes.usage)
    expect(err).toContain('can be read by others than its owner')
  })

  it('uses none that is of another kind', async () => {
    const { keys } = await signedPool('kind')
    chmodSync(file(join('kind-keys', 'oracle:x.pem'), 'no key'), 0o600)
    expect((await take(['keys', 'show', keys])).err).toContain('is no such key')
  })
})

describe('a run whose pool is signed', () => {
  it('says so, and takes no line that is not', async () => {
    const { ledger, run } = await signedPool('refused')
    expect(run.out).toContain('Signed: every command')
    const { err, code } = await take(['run', file('unsigned.ndjson', crash), `--ledger=${ledger}`, '--jump=40000'])
    expect(err).toMatch(/^line 1: unsigned: commands of main are signed/m)
    expect(err).toContain('0 accepted')
    expect(code).toBe(exitCodes.ok)
  })

  it('signs the lines and what the services ask, and the ledger verifies', async () => {
    const { ledger, keys } = await signedPool('crash')
    const ran = await take([
      'run',
      file('crash.ndjson', crash),
      `--ledger=${ledger}`,
      `--keys=${keys}`,
      '--events',
      '--until=2020-03-12T12:00:00Z',
    ])
    expect(ran.err).not.toMatch(/^line /m)
    const events = ran.out
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
    const commands = events.flatMap(({ metadata: { command } }) => (command === undefined ? [] : [command]))
    expect(new Set(commands.map(({ actor }) => actor))).toEqual(
      new Set(['operator:first', 'oracle', 'margin', 'liquidator', 'clock']),
    )
    for (const { signatures } of commands) expect(signatures).toHaveLength(1)
    expect((await take(['verify', `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
  })

  it('ends with the same ledger when it is started again, also over what was asked before it was signed', async () => {
    const { keys, adoption } = await signedPool('again')
    const ledger = folder('grown')
    const lines = file('grown.ndjson', `${ndjson(...smallPool)}`)
    const go = (each: string) => take(['run', each, `--ledger=${ledger}`, `--keys=${keys}`])
    await go(lines)
    await go(adoption)
    const once = await historyIn(ledger)
    const again = [await go(lines), await go(adoption)]
    expect(again.map(({ err }) => /\d+ done before/.exec(err)?.[0])).toEqual(['11 done before', '8 done before'])
    expect(await historyIn(ledger)).toEqual(once)
  })

  it('stops at the first due time where nobody has the key of its clock, and goes on once somebody has', async () => {
    const { ledger, keys } = await signedPool('mute')
    const go = (name: string, lines: string, folderOfKeys: string) =>
      take(['run', file(`mute-${name}.ndjson`, lines), `--ledger=${ledger}`, `--keys=${folderOfKeys}`])
    expect((await go('crash', crash, keys)).code).toBe(exitCodes.ok)
    const without = folder('mute-without')
    mkdirSync(without)
    copyFileSync(join(keys, 'operator:first.pem'), join(without, 'operator:first.pem'))
    const later = ndjson(['FundInsurance', { asset: 'USD', amount: '1' }, { id: 'later', at: '2020-03-13T10:00:00Z' }])
    const stopped = await go('later', later, without)
    expect([stopped.code, stopped.err]).toEqual([exitCodes.failed, expect.stringContaining('id: clock-mute')])
    expect((await go('again', later, keys)).err).toContain('1 accepted')
  })

  it('keeps the key of its clock until there is another', async () => {
    const { ledger, keys } = await signedPool('clock')
    const shown = JSON.parse((await take(['keys', 'show', keys, '--output=json'])).out)
    const { key } = shown.find(({ actor }: { actor: string }) => actor === 'clock')
    const revoked = (id: string) => ndjson(['RevokeKey', { key, reason: 'compromised' }, { id }])
    const go = (name: string, lines: string, folderOfKeys: string) =>
      take(['run', file(`clock-${name}.ndjson`, lines), `--ledger=${ledger}`, `--keys=${folderOfKeys}`])
    expect((await go('revoked', revoked('r-1'), keys)).err).toContain('1 rejected')
    const { out } = await take(['tail', `--ledger=${ledger}`, '--filter=type:CommandRejected'])
    expect(out).toContain('last-key')
    const anew = folder('clock-anew')
    const made = await take(['keys', 'init', anew, 'clock'])
    copyFileSync(join(keys, 'operator:first.pem'), join(anew, 'operator:first.pem'))
    expect((await go('again', made.out + revoked('r-2'), anew)).err).toContain('2 accepted')
  })

  it('has no key for whoever is not in the folder', async () => {
    const { ledger, keys } = await signedPool('missing')
    await take(['run', file('m.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`, `--keys=${keys}`])
    const { err } = await take(['run', file('w.ndjson', withdrawal), `--ledger=${ledger}`, `--keys=${keys}`])
    expect(err).toMatch(/^line 1: unsigned/m)
  })
})

describe('novation sign', () => {
  it('signs what others then send', async () => {
    const { ledger, keys, adoption, made } = await signedPool('sent')
    const { domain } = JSON.parse(made.out.split('\n')[0] ?? '').data
    const market = ndjson(...smallPool)
    const signed = await take(['sign', file('s.ndjson', market), `--keys=${keys}`, `--domain=${domain}`])
    expect(signed.code).toBe(exitCodes.ok)
    const whole = await take(['sign', file('t.ndjson', made.out + market), `--keys=${keys}`])
    expect(whole.out.trim().split('\n')).toHaveLength(19)
    const { err } = await take(['run', file('signed.ndjson', signed.out), `--ledger=${ledger}`])
    expect([existsSync(adoption), err]).toEqual([true, expect.stringMatching(/1 accepted/)])
  })

  it('adds a signature beside those that are there', async () => {
    const { keys, made } = await signedPool('two')
    const { domain } = JSON.parse(made.out.split('\n')[0] ?? '').data
    const own = folder('own-keys')
    const asked = await take(['keys', 'init', own, 'trader:alice'])
    const line = JSON.stringify({ ...JSON.parse(asked.out), actor: 'operator:first' })
    const words = ['sign', '-', `--domain=${domain}`]
    const first = await take([...words, `--keys=${keys}`], { stdin: line })
    const second = await take([...words, `--keys=${own}`], { stdin: first.out })
    expect(JSON.parse(second.out).signatures).toHaveLength(2)
    const { err } = await take(['run', file('two.ndjson', second.out), `--ledger=${folder('two')}`])
    expect(err).toContain('1 accepted')
  })

  it("signs an order with its owner's key, for the venue to show beside a trade", async () => {
    const { ledger, keys, made } = await signedPool('orders')
    const { domain } = JSON.parse(made.out.split('\n')[0] ?? '').data
    const own = await take(['keys', 'init', keys, 'trader:alice'])
    const words = { account: 'alice', instrument: 'BTC-PERP', quantity: '0.5', limit: '1000' }
    const line = JSON.stringify({ order: 'o-1', side: 'buy', until: '2020-03-12T11:00:00Z', ...words })
    const signing = await take(['sign', '-', `--keys=${keys}`, `--domain=${domain}`], { stdin: `${line}\n` })
    const consent = ['SetConsent', { account: 'alice', consent: 'orders' }, { actor: 'trader:alice' }] as const
    const trade = { instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '0.5', price: '1000' }
    const ordered = [
      'ClearTrade',
      { trade: 't-2', ...trade, orders: [JSON.parse(signing.out)] },
      { id: 'with' },
    ] as const
    const lines =
      ndjson(...smallPool) +
      own.out +
      ndjson(consent, ordered, ['ClearTrade', { trade: 't-3', ...trade }, { id: 'without' }])
    const { err } = await take(['run', file('orders-lines.ndjson', lines), `--ledger=${ledger}`, `--keys=${keys}`])
    expect(err).toContain('14 accepted, 1 rejected')
    const told = await take(['explain', JSON.parse(signing.out).key, `--ledger=${ledger}`])
    expect(told.out).toMatch(/order o-1, shown in ClearTrade of operator:first/)
  })

  it.each([
    ['whose order that is', '{"order":"o-1","account":"alice"}\n', 'side: expected', '--domain=d0'],
    ['who could sign an order', `${JSON.stringify(anOrder)}\n`, 'there is no key of trader:alice', '--domain=d0'],
    ['for which pool an order is', `${JSON.stringify(anOrder)}\n`, 'for which pool?'],
    ['for which pool', withdrawal, 'for which pool?'],
    ['there is no key of', withdrawal, 'there is no key of trader:alice', '--domain=d0'],
    ['what the line is', 'no line\n', 'not JSON', '--domain=d0'],
  ])('says where it does not know %s', async (name, lines, reason, ...more) => {
    const { keys } = await signedPool(name.replaceAll(' ', '-'))
    const { code, err } = await take(['sign', file('unclear.ndjson', lines), `--keys=${keys}`, ...more])
    expect(code).toBe(exitCodes.failed)
    expect(err).toContain(reason)
  })
})

describe('whoever has an export alone', () => {
  it("proves that each command is its sender's, and lists what each key has signed", async () => {
    const { ledger, keys, made } = await signedPool('exported')
    const alice = await take(['keys', 'init', keys, 'trader:alice'])
    const consent = ndjson([
      'SetConsent',
      { account: 'alice', consent: 'withdrawals' },
      { actor: 'trader:alice', id: 's' },
    ])
    const taking = ndjson(['Withdraw', { account: 'alice', asset: 'USD', amount: '1' }, { actor: 'venue', id: 'v' }])
    const lines = file('exported-lines.ndjson', ndjson(...smallPool) + alice.out + consent + taking + withdrawal)
    const { err } = await take(['run', lines, `--ledger=${ledger}`, `--keys=${keys}`])
    expect(err).toContain('14 accepted, 1 rejected')

    const { out } = await take(['export', `--ledger=${ledger}`])
    const copy = folder('exported-copy')
    expect((await take(['import', file('exported.jsonl', out), `--ledger=${copy}`])).code).toBe(exitCodes.ok)
    const verified = await take(['verify', `--ledger=${copy}`])
    expect([verified.code, verified.out]).toEqual([exitCodes.ok, expect.stringContaining('Signed from revision 0 on')])
    const signedBy = async (line: string) => {
      const { key } = JSON.parse(line).data
      const told = await take(['explain', key, `--ledger=${copy}`, '--output=json'])
      return JSON.parse(told.out).signed.map(({ type, id }: { type: string; id: string }) => `${type} ${id}`)
    }
    expect((await signedBy(alice.out)).slice(1)).toEqual(['SetConsent s', 'Withdraw w'])
    const venue = made.out.split('\n').find((line) => line.includes('"actor":"venue"')) ?? ''
    expect((await signedBy(venue)).slice(1)).toEqual(['Withdraw v'])
  })
})
