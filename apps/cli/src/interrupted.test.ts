import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { exitCodes } from './exit-code'
import { startNovation } from './test-process'
import { historyIn, ndjson, smallPool, testWorld } from './test-world'

const { take, file, folder } = testWorld()
jest.setTimeout(120_000)

const ledger = folder('long')
const ticks = Array.from({ length: 3_000 }, (_, second) => {
  const at = new Date(Date.parse('2020-03-12T11:00:00Z') + second * 1000).toISOString()
  return ['PublishPrice', { instrument: 'BTC-PERP', price: String(1000 + (second % 7)) }, { at }] as const
})
const exported = folder('events.jsonl')

beforeAll(async () => {
  const { code } = await take(['run', file('long.ndjson', ndjson(...smallPool, ...ticks)), `--ledger=${ledger}`])
  expect(code).toBe(exitCodes.ok)
  file('events.jsonl', (await take(['export', `--ledger=${ledger}`])).out)
  const { privateKey } = generateKeyPairSync('ed25519')
  file('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }))
  file('other.json', '{"pool":{"waterfall":{"skinInTheGame":"0"}}}')
})

/** Somebody presses Ctrl-C as soon as anybody but the command gets a turn. */
const pressed = (): AbortSignal => {
  const controller = new AbortController()
  setImmediate(() => controller.abort())
  return controller.signal
}

describe('Ctrl-C while a command is at work', () => {
  it.each([
    ['solvency', [], 'nothing was written'],
    ['verify', [], /verified up to revision \d+; the same command with --resume=/],
    ['checkpoint', [`--key=${folder('key.pem')}`, `--out=${folder('out.jsonl')}`], 'nothing was signed'],
    ['snapshot', [`--snapshots=${folder('none')}`, '--every=100'], 'the same command goes on from the last snapshot'],
    ['explain', ['alice'], 'nothing was written; start it again, with an earlier --at'],
    ['explain', ['5'], 'nothing was written; start it again, with an earlier --at'],
    ['diff', ['--from=0'], 'nothing was written; start it again, with positions nearer'],
    ['replay', [`--parameters=${folder('other.json')}`], 'nothing was written; start it again, with an earlier --to'],
    ['disclosure', [], 'nothing was written; start it again, over a shorter period'],
    ['export', [], /go on with --from=\d+, and put it behind/],
    ['export', ['--output=csv'], /go on with --from=\d+ --no-header, and put it behind/],
    ['tail', [], /go on with --from=\d+\n/],
    ['tail', ['--follow'], /go on with --from=\d+\n/],
  ] as const)('ends `%s %j` in good order, and says how to go on', async (name, more, words) => {
    const { code, err } = await take([name, `--ledger=${ledger}`, ...more], { interrupted: pressed() })
    expect(err).toMatch(words)
    expect(err).toMatch(/^interrupted: .*\n$/)
    expect(code).toBe(exitCodes.interrupted)
  })

  it('leaves no file of checkpoints that were not signed to the end', () => {
    expect(existsSync(folder('out.jsonl'))).toBe(false)
  })

  it.each([
    ['jsonl', []],
    ['csv', ['--output=csv']],
  ])('loses and repeats nothing of an export as %s that goes on as it says', async (_, more) => {
    const words = ['export', `--ledger=${ledger}`, ...more]
    const first = await take(words, { interrupted: pressed() })
    const [how = ''] = /--from=\d+( --no-header)?/.exec(first.err) ?? []
    const second = await take([...words, ...how.split(' ')])
    expect(first.out).not.toBe('')
    expect(first.out + second.out).toBe((await take(words)).out)
  })

  it('goes on with snapshots where they were left', async () => {
    const words = ['snapshot', `--ledger=${ledger}`, `--snapshots=${folder('shelf')}`, '--every=100']
    await take(words, { interrupted: pressed() })
    const early = readdirSync(folder('shelf')).length
    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThan(30)
    expect((await take(words)).code).toBe(exitCodes.ok)
    expect(readdirSync(folder('shelf'))).toHaveLength(30)
  })
})

describe('an import that was interrupted', () => {
  const words = (into: string) => ['import', exported, `--ledger=${folder(into)}`]

  it('has written nothing while it was verifying', async () => {
    const { code, err } = await take(words('unverified'), { interrupted: pressed() })
    expect({ code, err }).toEqual({
      code: exitCodes.interrupted,
      err: 'interrupted: nothing was written; the same command starts again\n',
    })
    expect(existsSync(folder('unverified'))).toBe(false)
  })

  it('goes on from a beginning that is there, and makes the very same ledger', async () => {
    const some = readFileSync(exported, 'utf8').split('\n').slice(0, 700)
    expect((await take(['import', file('some.jsonl', some.join('\n')), `--ledger=${folder('copy')}`])).code).toBe(0)
    const { code, out } = await take(words('copy'))
    expect(code).toBe(exitCodes.ok)
    expect(out).toMatch(/^Pool main: 3023 events \(700 of them were there already\), head [0-9a-f]{64}\n$/)
    expect(await historyIn(folder('copy'))).toEqual(await historyIn(ledger))
    expect((await take(words('copy'))).out).toContain('(3023 of them were there already)')
  })

  it('is refused where what is there is no beginning of it, and where they part is said', async () => {
    const other = file('other.ndjson', ndjson(...smallPool.slice(0, 5), ['OpenAccount', { account: 'eve' }]))
    await take(['run', other, `--ledger=${folder('other')}`])
    const before = await historyIn(folder('other'))
    const { code, err } = await take(words('other'))
    expect(code).toBe(exitCodes.failed)
    expect(err).toMatch(/another history of pool main already\n {2}why: it and the file part at revision 5\n/)
    expect(await historyIn(folder('other'))).toEqual(before)
  })
})

describe('a reader who goes away', () => {
  it.each([
    ['tail', ['--follow']],
    ['export', []],
  ])('ends %s without an error', async (name, more) => {
    const { child, printed, ended } = startNovation([name, `--ledger=${ledger}`, ...more])
    await printed(1)
    child.stdout?.destroy()
    expect(await ended).toMatchObject({ code: exitCodes.ok, err: '' })
  })
})
