import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNovation, startNovation } from './test-process'
import { testWorld } from './test-world'

const page = readFileSync(join(__dirname, '../../../docs/api.md'), 'utf8')
const { folder } = testWorld()
const ledger = folder('api')
jest.setTimeout(120_000)

const register = join(__dirname, '../../../packages/testing/register.js')
const novation = `${process.execPath} --require ${register} ${join(__dirname, 'main.ts')}`

/** Every command of the page that talks to the gateway, and what stands below it. */
const examples = [...page.matchAll(/^ {4}((?:curl|diff) .+)\n((?: {4}.+\n)*)/gm)].map(
  ([, command = '', below = '']) => ({
    command,
    expected: below.replace(/^ {4}/gm, ''),
  }),
)

/** `…` stands for whatever is there. */
const likeness = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )

const started: ReturnType<typeof startNovation>[] = []
let url = ''

beforeAll(async () => {
  const [, lines = ''] = /`market\.ndjson`[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? []
  const file = folder('market.ndjson')
  writeFileSync(file, lines)
  expect((await runNovation(['run', file, `--ledger=${ledger}`])).code).toBe(0)
  const running = startNovation([
    'start',
    `--ledger=${ledger}`,
    `--data=${folder('data')}`,
    '--listen=127.0.0.1:0',
    '--http=127.0.0.1:0',
  ])
  started.push(running)
  url = await new Promise<string>((resolve) =>
    running.child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim())),
  )
})

afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  }
})

describe('docs/api.md', () => {
  it('has examples', () => expect(examples.length).toBeGreaterThan(5))

  it.each(examples)('$command', ({ command, expected }) => {
    const line = command
      .replaceAll('localhost:8420', new URL(url).host)
      .replaceAll('npx novation', novation)
      .replaceAll('--ledger=api', `--ledger=${ledger}`)
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const [said, shown] = [stdout.trimEnd().split(/\r?\n/), expected.trimEnd().split('\n')]
    expect(said).toHaveLength(shown.length)
    for (const [i, text] of shown.entries()) expect(said[i]).toMatch(likeness(text))
  })
})
