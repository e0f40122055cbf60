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
/** Another one, with tokens: those that the page calls by the kind of who has them. */
let guarded = ''
const tokens: Record<string, string> = {}
const kinds = { TRADER: 'trader:alice', VENUE: 'venue', ORACLE: 'oracle', AUDITOR: 'auditor' }

const start = async (name: string, file: string, more: readonly string[] = []): Promise<string> => {
  expect((await runNovation(['run', file, `--ledger=${folder(name)}`])).code).toBe(0)
  const running = startNovation([
    'start',
    `--ledger=${folder(name)}`,
    `--data=${folder(`${name}-data`)}`,
    '--listen=127.0.0.1:0',
    '--http=127.0.0.1:0',
    ...more,
  ])
  started.push(running)
  await running.printed(1)
  return running.said().trim()
}

beforeAll(async () => {
  const [, lines = ''] = /`market\.ndjson`[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? []
  const file = folder('market.ndjson')
  writeFileSync(file, lines)
  url = await start('api', file)
  for (const [name, actor] of Object.entries(kinds))
    tokens[name] = (await runNovation(['token', actor, `--tokens=${folder('tokens.json')}`])).out.trim()
  guarded = await start('guarded', file, [`--tokens=${folder('tokens.json')}`])
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
      .replaceAll('localhost:8420', new URL(command.includes('Bearer $') ? guarded : url).host)
      .replaceAll('npx novation', novation)
      .replaceAll('--ledger=api', `--ledger=${ledger}`)
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
      encoding: 'utf8',
      env: { ...process.env, ...tokens },
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const [said, shown] = [stdout.trimEnd().split(/\r?\n/), expected.trimEnd().split('\n')]
    expect(said).toHaveLength(shown.length)
    for (const [i, text] of shown.entries()) expect(said[i]).toMatch(likeness(text))
  })
})
