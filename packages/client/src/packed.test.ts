import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'

const room = join(__dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'novation-client-'))
const installed = join(folder, 'node_modules/@novation/client')
let tarball = ''
jest.setTimeout(120_000)

const run = (file: string, args: readonly string[], cwd = folder): string => {
  try {
    return execFileSync(file, args, { cwd, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } })
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string }
    throw new Error(`${stdout}\n${stderr}`)
  }
}
const node = (...args: readonly string[]): string => run(process.execPath, args)
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

beforeAll(() => {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], room))
  tarball = join(folder, packed.filename)
  write('package.json', '{"name":"empty","version":"1.0.0"}')
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const use = `
const pool = connect({ url: 'http://127.0.0.1:1', patience: { attempts: 1 } }).pool('main')
pool.summary().catch((error) => console.log(error instanceof Unreachable, typeof verifyChain))
`

describe('packed, and installed in an empty folder, without a network', () => {
  it('runs as an ES module', () => {
    write('use.mjs', `import { connect, Unreachable, verifyChain } from '@novation/client'\n${use}`)
    expect(node('use.mjs')).toBe('true function\n')
  })

  it('runs as CommonJS', () => {
    write('use.cjs', `const { connect, Unreachable, verifyChain } = require('@novation/client')\n${use}`)
    expect(node('use.cjs')).toBe('true function\n')
  })

  it('runs where there is only what a browser has, and is small', () => {
    const text = readFileSync(join(installed, 'dist/index.js'), 'utf8')
    const module = { exports: {} as Record<string, unknown> }
    const browser = {
      fetch,
      crypto,
      TextDecoder,
      TextEncoder,
      URLSearchParams,
      AbortController,
      setTimeout,
      clearTimeout,
    }
    runInNewContext(text, { ...browser, module, exports: module.exports })
    expect(Object.keys(module.exports)).toEqual(expect.arrayContaining(['connect', 'verifyChain', 'Problem']))
    expect(gzipSync(readFileSync(join(installed, 'dist/index.mjs'))).length).toBeLessThan(12 * 1024)
  })

  it.each([
    ['node16', 'mts'],
    ['node16', 'cts'],
    ['bundler', 'ts'],
  ])('is typed, strictly, by %s in .%s', (resolution, ending) => {
    write(
      `use.${ending}`,
      `import { connect, type Account, type Sent } from '@novation/client'
const pool = connect({ url: 'http://127.0.0.1:8420', token: 'x' }).pool('main')
export const equity = async (): Promise<string> => (await pool.account('alice', { at: 12566 })).data.equity
export const first = async (): Promise<Account | undefined> => {
  for await (const one of pool.list('accounts', { status: 'bankrupt' })) return one
  return undefined
}
export const send = (): Promise<Sent> =>
  pool.send({ type: 'Deposit', actor: 'venue', data: { account: 'bob', asset: 'USD', amount: '5' } }, { wait_s: 5 })
export const outcome = (sent: Sent): string => {
  switch (sent.outcome) {
    case 'accepted': return String(sent.revision)
    case 'rejected': case 'refused': case 'unknown': return sent.why.code
    case 'waiting': return sent.id
  }
}
export const prices = async (): Promise<void> => {
  for await (const message of pool.follow(['events', 'calls'], { from: 5 }))
    if (message.kind === 'event' && message.data.type === 'PriceTick') message.data.data.price.toUpperCase()
}
// @ts-expect-error there is no such question
void pool.ask('acount', {})
// @ts-expect-error an amount is a string
void pool.send({ type: 'Deposit', data: { account: 'bob', asset: 'USD', amount: 5 } })
// @ts-expect-error there is no such channel
void pool.follow('trades')
`,
    )
    const module = resolution === 'bundler' ? 'esnext' : resolution
    write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          target: 'es2022',
          lib: ['es2022', 'dom', 'dom.iterable'],
          types: [],
          module,
          moduleResolution: resolution,
        },
        files: [`use.${ending}`],
      }),
    )
    expect(node(join(room, '../../node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json')).toBe('')
  })

  it('has nothing that publint or are-the-types-wrong find', () => {
    const script = join(room, 'src/kit/judge.mjs')
    expect(JSON.parse(node(script, installed, tarball))).toEqual({ publint: [], types: [] })
  })
})
