import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openEmbeddedStore, systemScheduler } from '@novation/platform'
import { exitCodes } from './exit-code'
import { novation } from './novation'

const page = readFileSync(join(__dirname, '../../../docs/compliance.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'novation-compliance-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The files and the command lines of the page, in their order. */
const steps = [...page.matchAll(/Put this into `(\S+)`[\s\S]*?```json\n([\s\S]*?)```|^ {4}npx novation (.+)$/gm)]

const isFile = /\.(json|jsonl|pem|csv)$/
const placed = (word: string): string => {
  const [flag, value] = word.startsWith('--') ? word.split(/=(.*)/) : [undefined, word]
  const own = value !== undefined && (isFile.test(value) || flag === '--ledger') ? join(folder, value) : value
  return flag === undefined ? (own ?? '') : own === undefined ? flag : `${flag}=${own}`
}

const take = async (line: string) => {
  let out = ''
  let err = ''
  const outlet = (write: (text: string) => void) => ({
    write: async (text: string) => write(text),
    terminal: false,
    isGone: () => false,
    columns: 120,
  })
  const [words = '', into] = line.split(' > ')
  const code = await novation(words.split(' ').map(placed), '0', {
    env: {},
    stdin: () => Readable.from([]),
    out: outlet((text) => {
      out += text
    }),
    err: outlet((text) => {
      err += text
    }),
    clock: systemScheduler,
    interrupted: new AbortController().signal,
    temporaryFolder: folder,
    standBack: () => undefined,
    colour: false,
  })
  if (into !== undefined) writeFileSync(join(folder, into), out)
  return { code, out, err }
}

const headOf = async (ledger: string): Promise<string | undefined> => {
  const store = openEmbeddedStore(join(folder, ledger))
  const last = await store.last('ledger-main')
  await store.close()
  return last?.hash
}

describe('the page for whoever audits', () => {
  const said = new Map<string, string>()

  it('does what it says, command by command', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
    writeFileSync(join(folder, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
    for (const [, file, lines, command] of steps) {
      if (file !== undefined && lines !== undefined) writeFileSync(join(folder, file), lines)
      if (command === undefined) continue
      const { code, out, err } = await take(command)
      expect({ command, code, err: code === exitCodes.ok ? '' : err }).toEqual({ command, code: exitCodes.ok, err: '' })
      said.set(command, out)
    }
    expect(said.size).toBeGreaterThan(12)
  }, 300_000)

  const saidBy = (start: string): string =>
    [...said]
      .filter(([command]) => command.startsWith(start))
      .map(([, out]) => out)
      .join('')

  it('verifies and vouches', () => {
    expect(saidBy('verify --ledger=audited --checkpoints')).toMatch(/held +checkpoint/)
    expect(saidBy('verify')).toContain('Sound to its end')
  })

  it('imports the very ledger that was exported', async () => {
    expect(await headOf('copy')).toBe(await headOf('audited'))
  })

  it('begins a story where it is told to, with what stood before', () => {
    const whole = saidBy('explain --ledger=audited trader-0001').split('\n\nAt the end')[0] ?? ''
    const rest = said.get('explain --ledger=audited trader-0001 --from=5000') ?? ''
    expect(rest).toMatch(/^trader-0001 in pool main, after revision 49\d\d and up to revision \d+\./)
    expect(rest).toMatch(/At the beginning:\n {2}collateral .* \[\S+ before\]/)
    const chapters = rest.split('\n').filter((line) => /^ *\d+ {2}/.test(line))
    for (const line of chapters) expect(whole).toContain(line)
  })

  it('exports postings that sum to zero', () => {
    const rows = readFileSync(join(folder, 'postings.csv'), 'utf8').trim().split('\r\n')
    expect(rows.length).toBeGreaterThan(1000)
    expect(rows[0]).toMatch(/^revision,at,type/)
  })

  it.each([
    ['solvency --ledger=audited --at=@1999-01-01T00:00:00Z', exitCodes.failed, 'no event at or before'],
    ['solvency --ledger=audited --at=-3', exitCodes.usage, 'expected start, end, a revision'],
    ['explain --ledger=audited nobody', exitCodes.failed, 'there is no account, event or command nobody'],
    ['explain --ledger=audited 500 --from=10', exitCodes.usage, 'leave --from out, or name an account'],
    ['explain --ledger=audited 99999999', exitCodes.failed, 'there is no account, event or command 99999999'],
    ['diff --ledger=audited --from=20 --to=10', exitCodes.usage, 'the earlier position'],
    ['replay --ledger=audited --parameters=nowhere.json', exitCodes.usage, 'cannot be used'],
    ['verify --ledger=nowhere', exitCodes.failed, 'there is no ledger'],
    ['disclosure --ledger=audited --from=99999999', exitCodes.failed, 'no event between these positions'],
  ])('answers `%s` clearly', async (command, expected, words) => {
    const { code, err } = await take(command)
    expect(code).toBe(expected)
    expect(err).toContain(words)
  })

  it('takes any place after the last event for the end', async () => {
    const at = async (place: string) =>
      JSON.parse((await take(`solvency --ledger=audited --output=json --at=${place}`)).out)
    expect(await at('99999999')).toEqual(await at('end'))
    expect(await at('@2099-01-01T00:00:00Z')).toEqual(await at('end'))
  })
})
