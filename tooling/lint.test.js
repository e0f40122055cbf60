const { spawnSync } = require('node:child_process')
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { buildHouse, furnish } = require('./walls/test-house')

const root = path.join(__dirname, '..')

const lint = `process.exitCode = require('./tooling/lint').lint()`

/** What `npm run lint` says, and ends with, in a small house in which these files are planted. */
const lintWith = (planted) => {
  const house = buildHouse(planted)
  furnish(house)
  const options = { cwd: house.dir, encoding: 'utf8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', lint], options)
  house.remove()
  return { status, text: stdout + stderr }
}

/** Faults, each in a file of its own: its text, and the words of the complaint that names the file. */
const faults = [
  ['any.ts', 'export const twice = (value: any): unknown => [value, value]\n', 'noExplicitAny'],
  ['non-null.ts', 'export const first = (them: readonly string[]): string => them[0]!\n', 'noNonNullAssertion'],
  ['unused.ts', 'const never = 1\n\nexport const used = 2\n', 'noUnusedVariables'],
  ['unused-import.ts', `import { parse } from '.'\n\nexport const used = 3\n`, 'noUnusedImports'],
  ['type.ts', `import { Decimal } from '@novation/decimal'\n\nexport type Same = Decimal\n`, 'useImportType'],
  ['cycle.ts', `import type { Back } from './back'\n\nexport type There = Back | 1\n`, 'noImportCycles'],
  [
    'back.ts',
    `import type { There } from './cycle'\n\nexport type Back = { readonly there: There }\n`,
    'noImportCycles',
  ],
  ['floating.ts', 'const later = async () => 1\n\nexport const run = () => {\n  later()\n}\n', 'noFloatingPromises'],
  [
    'dropped.ts',
    'const answer = () => 1\n\nexport const run = () => {\n  answer()\n}\n',
    'nobody looks at what this answers',
  ],
  ['long.ts', `export const n = [\n${'  1,\n'.repeat(300)}]\n`, 'noExcessiveLinesPerFile'],
  ['console.ts', 'export const say = (): void => console.log(1)\n', 'noConsole'],
  ['all.ts', `export * from './console'\n`, 'noReExportAll'],
  ['format.ts', 'export const quoted = "so";\n', 'format'],
  ['focused.test.ts', `it.only('runs alone', () => expect(1).toBe(1))\n`, 'noFocusedTests'],
  ['skipped.test.ts', `it.skip('does not run', () => expect(1).toBe(1))\n`, 'noSkippedTests'],
  ['wrong.test.ts', `it('has the wrong type', () => expect('1'.length.length).toBe(1))\n`, 'error TS2339'],
  ['index.ts', `export const dead = 1\n\nexport const parse = Date.parse\n`, ':1:'],
  ['unused-file.ts', 'export const dead = 1\n', ' *$'],
  ['clock.ts', 'export const now = () => Date.now()\n', 'no clock, timer or randomness'],
]

describe('npm run lint', () => {
  it('passes a sound house', () => {
    const { status, text } = lintWith({})
    expect(text).toContain('lint: clean')
    expect(status).toBe(0)
  })

  it('finds every fault of another, and each of its steps can fail', () => {
    const files = faults.map(([name, text]) => [`packages/risk/src/${name}`, text])
    const { status, text } = lintWith(Object.fromEntries(files))
    const complaints = text.split('\n')
    for (const [name, , words] of faults) {
      expect(complaints).toContainEqual(expect.stringMatching(new RegExp(`packages/risk/src/${name}.*${words}`)))
    }
    expect(complaints.filter((it) => /^lint: .* failed$/.test(it))).toHaveLength(5)
    expect(status).toBe(1)
  })
})

describe('the compiler', () => {
  it('refuses every operator on a Decimal', () => {
    const operators = ['<', '<=', '>', '>=', '+', '-', '*', '/']
    const dir = mkdtempSync(path.join(tmpdir(), 'novation-decimal-'))
    const config = {
      extends: path.join(root, 'tsconfig.check.json'),
      compilerOptions: { types: [] },
      include: ['planted.ts'],
    }
    writeFileSync(path.join(dir, 'tsconfig.json'), JSON.stringify(config))
    writeFileSync(
      path.join(dir, 'planted.ts'),
      [
        `import { type Decimal, lessThan } from '@novation/decimal'`,
        `export const named = (a: Decimal, b: Decimal) => lessThan(a, b)`,
        ...operators.map((operator, i) => `export const f${i} = (a: Decimal, b: Decimal) => a ${operator} b`),
      ].join('\n'),
    )
    const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', dir], { encoding: 'utf8' })
    rmSync(dir, { recursive: true })
    const refused = [...stdout.matchAll(/planted\.ts\((\d+),/g)].map(([, line]) => Number(line))
    expect([...new Set(refused)]).toEqual(operators.map((_, i) => i + 3))
  })
})
