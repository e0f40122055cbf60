import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { systemScheduler } from '@novation/platform'
import { exitCodes } from './exit-code'
import { novation } from './novation'

const page = readFileSync(join(__dirname, '../../../docs/tutorial.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'novation-tutorial-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The files and the command lines of the page, in their order. */
const steps = [
  ...page.matchAll(/Put (?:these lines|this) into `(\S+)`[\s\S]*?```json\n([\s\S]*?)```|^ {4}npx novation (.+)$/gm),
]

const placed = (word: string): string =>
  word.replace(/^(\S+\.ndjson)$/, `${folder}/$1`).replace(/^--ledger=/, `--ledger=${folder}/`)

const take = async (line: string) => {
  let out = ''
  let err = ''
  const outlet = (write: (text: string) => void) => ({
    write: async (text: string) => write(text),
    terminal: false,
    isGone: () => false,
    columns: 120,
  })
  const code = await novation(line.split(' ').map(placed), '0', {
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
  return { code, out, err }
}

describe('the tutorial', () => {
  it('does what it says, command by command', async () => {
    const said: string[] = []
    for (const [, file, lines, command] of steps) {
      if (file !== undefined && lines !== undefined) writeFileSync(join(folder, file), lines)
      if (command === undefined) continue
      const { code, out, err } = await take(command)
      const expected = command.includes('--at=') ? exitCodes.finding : exitCodes.ok
      expect({ command, code, err: code === expected ? '' : err }).toEqual({ command, code: expected, err: '' })
      said.push(out)
    }
    const [first = '', , second = '', now = '', then = '', proof = ''] = said
    expect(first).toMatch(/alice +liquidatable +200\.00 +210\.00/)
    expect(second).toMatch(/insurance fund +100\.00\n.*everybody in profit \(haircut\) +100\.00/)
    expect(second).toMatch(/bob +healthy +2,100\.00/)
    expect(now).toContain('Nothing is open.')
    expect(then).toMatch(/alice +bankrupt +-200\.00/)
    expect(proof).toContain('Sound to its end')
  }, 180_000)
})
