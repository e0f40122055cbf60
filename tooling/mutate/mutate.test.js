const { spawnSync } = require('node:child_process')
const { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { setTimeout } = require('node:timers/promises')
const { transformSync } = require('@swc/core')
const { readArguments } = require('./arguments')
const { globbed } = require('./globs')
const { switched } = require('./instrument')
const { mutantsOf, sampled } = require('./mutants')
const { sitesOf } = require('./sites')

const decimal = { isOf: (from) => from === '@novation/decimal', path: '@novation/decimal' }

/** The texts that the mutants of a source come to. */
const mutantsOfText = (source) =>
  sitesOf(source, decimal).flatMap(({ edits }) =>
    edits.map(({ start, end, text }) => `${source.slice(0, start)}${text}${source.slice(end)}`),
  )

describe('the mutants of a text', () => {
  it.each([
    ['f(a < b)', ['f(a <= b)', 'f(a >= b)']],
    ['f(a === b)', ['f(a !== b)']],
    ['f(a && b)', ['f(a || b)']],
    ['f(a ?? b)', ['f(a)', 'f(b)']],
    ['f(a + 1)', ['f(a - 1)', 'f(a + 2)']],
    ["f(a + 'kg per m')", []],
    ['f(!a)', ['f(a)']],
    ['f(true)', ['f(false)']],
    ['f(2n)', ['f(3n)']],
    ["f('stale-price')", ["f('stale-price~')"]],
    ["f('0.09')", ["f('0.08')"]],
    ["f('a sentence for people')", []],
    [`f(\`\${a}|\${b}\`)`, ["f('')"]],
    ['f(a?.b.c)', []],
    ['f(a?.b)', ['f(a.b)']],
    ['f(a?.[i])', ['f(a[i])']],
    ['f([a, ...b, c])', ['f([...b, c])', 'f([a, c])', 'f([a, ...b])']],
    ['f({ a, ...b, c: d })', ['f({ ...b, c: d })', 'f({ a, c: d })', 'f({ a, ...b })']],
    ['f({\n  a,\n})', ['f({\n  \n})']],
    ['f(a.filter(g).map(h))', ['f(a.map(h))']],
    ['f(a.some(g))', ['f(a.every(g))']],
    ['f(Math.min(a, b))', ['f(Math.max(a, b))']],
    ['f(new Map(a))', ['f(new Map())']],
    [
      'const f = (a: number = 1): 2 => a as 3',
      ['const f = (a: number = 1): 2 => undefined', 'const f = (a: number = 2): 2 => a as 3'],
    ],
  ])('%s', (source, expected) => {
    const removed = source.startsWith('f(') ? [''] : []
    expect(mutantsOfText(source).sort()).toEqual([...removed, ...expected].sort())
  })

  it.each([
    ['if (a) return', ['if (true) return', 'if (false) return', 'if (a) ']],
    ['while (a) {}', ['while (false) {}']],
    ['for (const a of b) {}', ['for (const a of []) {}']],
    ['throw a', ['']],
    ['await a', ['', 'a']],
    ['if (a < b) return', ['if (a <= b) return', 'if (true) return', 'if (false) return', 'if (a < b) ']],
  ])('in a function: %s', (statement, expected) => {
    const within = (body) => `async function f() { ${body} }`
    expect(mutantsOfText(within(statement)).sort()).toEqual(expected.map(within).sort())
  })

  it('has a function give up at once', () => {
    expect(mutantsOfText('function f() { var a; var b }')).toEqual(['function f() { return  var a; var b }'])
  })

  it.each([
    ['add(a, b)', ['subtract(a, b)']],
    ['lessThan(a, b)', ['atMost(a, b)', 'atLeast(a, b)']],
    ['isPositive(a)', ['!isNegative(a)', '!isPositive(a)']],
    ['multiply(a, b)', ['add(a, b)', 'a']],
    ['sum(a)', ['negate(sum(a))']],
  ])('swaps the functions of decimals: %s', (call, expected) => {
    const name = call.split('(')[0]
    const within = (expression) => `import { ${name} } from '@novation/decimal'\nvar x = ${expression}`
    expect(mutantsOfText(within(call))).toEqual(expected.map(within))
  })

  it('leaves alone what only has the name of one', () => {
    expect(mutantsOfText("import { add } from './stock'\nvar x = add(a, b)")).toEqual([])
  })
})

describe('the text with all mutants', () => {
  const source = [
    'export const f = (a, b) => {',
    '  const all = [a, ...b]',
    '  all.push(1) // no semicolon, and a parenthesis may follow',
    "  for (const each of all) if (each?.x?.y > 1 || each < 2) all[0] = { ...each, é: 'ü' }",
    '  return all.filter((each) => each !== 2)',
    '}',
  ].join('\n')

  const load = (active) => {
    let count = 0
    const sites = sitesOf(source, decimal).map((site) => ({
      ...site,
      edits: site.edits.map((edit) => ({ ...edit, id: count++ })),
    }))
    const { code } = transformSync(switched(source, sites), { module: { type: 'commonjs' } })
    const exported = {}
    new Function('exports', 'globalThis', code)(exported, { __novation_mutant: (id) => id === active })
    return { f: exported.f, count }
  }

  it('does what the source does while none is on, and something else with most of them', () => {
    const plain = JSON.stringify(load(-1).f(5, [2, 0]))
    expect(plain).toBe('[{"é":"ü"},0,1]')
    const results = Array.from({ length: load(-1).count }, (_, id) => {
      try {
        return JSON.stringify(load(id).f(5, [2, 0]))
      } catch (error) {
        return error.message
      }
    })
    expect(results.filter((result) => result === plain).length).toBeLessThan(results.length / 2)
  })
})

/** What nobody has collected yet does not run any more. */
const isRunning = (id) => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', id], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

/** Those that still run in ten seconds' time: what was killed may take a moment to give back its memory. */
const runningOn = async (ids) => {
  for (let look = 0; look < 100 && ids.some(isRunning); look += 1) await setTimeout(100)
  return ids.filter(isRunning)
}

describe('npm run mutate', () => {
  let root
  beforeAll(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'novation-mutate-')))
    const write = (file, text) => {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    }
    const room = 'packages/toll'
    const preset = path.join(__dirname, '../../jest.preset.js')
    symlinkSync(path.join(__dirname, '../../node_modules'), path.join(root, 'node_modules'))
    write('tsconfig.base.json', JSON.stringify({ exclude: ['**/*.test.ts'] }))
    write(`${room}/jest.config.js`, `module.exports = require(${JSON.stringify(preset)})(__dirname)`)
    write(`${room}/package.json`, '{}')
    write(
      `${room}/src/toll.ts`,
      [
        'const least = 2',
        'export const toll = (axles: number) => (axles < least ? 0 : axles * 5)',
        'export const countdown = (from: number) => {',
        '  let left = from',
        '  while (left > 0) left -= 1',
        '  return left',
        '}',
        'export const unused = (a: boolean) => !a',
        'const seen: number[] = []',
        'export const remember = (n: number) => {',
        '  seen.push(n)',
        '  return Math.max(n, 7)',
        '}',
      ].join('\n'),
    )
    write(
      `${room}/src/toll.test.ts`,
      [
        "import { countdown, remember, toll } from './toll'",
        "it('is five an axle', () => expect(toll(3)).toBe(15))",
        "it('is nothing for one axle', () => expect(toll(1)).toBe(0))",
        "it('counts down', async () => expect(countdown(3)).toBe(0))",
        "it('remembers', () => expect(remember(9)).toBe(9))",
      ].join('\n'),
    )
    write(
      `${room}/equivalent-mutants.json`,
      JSON.stringify([
        { file: 'src/toll.ts', before: '  seen.push(n)', after: '', why: 'nobody reads it' },
        { file: 'src/toll.ts', before: 'const least = 1', after: 'const least = 2', why: 'it was another number' },
      ]),
    )
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const mutate = (...args) => {
    const code = `require(${JSON.stringify(require.resolve('./mutate'))}).mutate(${JSON.stringify(root)}, JSON.parse(process.argv[1])).then((code) => { process.exitCode = code })`
    const { options } = readArguments(['--room=toll', '--json', ...args])
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', code, JSON.stringify(options)], {
      encoding: 'utf8',
    })
    return { status, stderr, ...JSON.parse(stdout || '{}') }
  }

  it('tells what the tests do not see, kills what loops for ever, and leaves every file as it was', () => {
    const before = readFileSync(path.join(root, 'packages/toll/src/toll.ts'), 'utf8')
    const { status, total, alive, stale } = mutate('--least=50')
    expect(status).toBe(0)
    expect(alive.map(({ line, outcome, after }) => [line, outcome, after.trim()])).toEqual([
      [1, 'survived', 'const least = 3'],
      [2, 'survived', 'export const toll = (axles: number) => (axles <= least ? 0 : axles * 5)'],
      [8, 'unreached', 'export const unused = (a: boolean) => undefined'],
      [8, 'unreached', 'export const unused = (a: boolean) => a'],
      [12, 'survived', 'return Math.max(n, 8)'],
    ])
    expect(stale.map(({ before }) => before)).toEqual(['const least = 1'])
    expect(total.equivalent).toBe(1)
    expect(total.timeout).toBeGreaterThanOrEqual(1)
    expect(total.mutants).toBe(total.killed + total.timeout + alive.length + total.equivalent)
    expect(readFileSync(path.join(root, 'packages/toll/src/toll.ts'), 'utf8')).toBe(before)
  })

  it('kills what takes memory without end, after a second look, and what its tests have begun', async () => {
    const [file, test, begun] = ['src/hoard.ts', 'src/hoard.test.ts', 'begun'].map((name) =>
      path.join(root, 'packages/toll', name),
    )
    writeFileSync(file, 'export const isGreedy = () => false')
    writeFileSync(
      test,
      [
        "import { spawn } from 'node:child_process'",
        "import { appendFileSync } from 'node:fs'",
        "import { isGreedy } from './hoard'",
        "it('is modest', () => {",
        '  const held: Buffer[] = []',
        '  if (isGreedy()) {',
        "    const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'])",
        `    appendFileSync(${JSON.stringify(begun)}, pid + ' ')`,
        '  }',
        '  const napping = new Int32Array(new SharedArrayBuffer(4))',
        '  while (isGreedy()) {',
        '    held.push(Buffer.alloc(1e6, 1))',
        '    Atomics.wait(napping, 0, 0, 2)',
        '  }',
        '})',
      ].join('\n'),
    )
    const { total } = mutate('--path=hoard.ts', '--memory=600')
    for (const each of [file, test]) rmSync(each)
    expect([total.mutants, total.timeout]).toEqual([2, 1])
    const ids = readFileSync(begun, 'utf8').trim().split(' ').map(Number)
    expect(ids).toHaveLength(2)
    expect(await runningOn(ids)).toEqual([])
  }, 60_000)

  it('ends with 1 below the least, and takes one line only where told', () => {
    const { status, total } = mutate('--least=100', '--line=8')
    expect([status, total.mutants, total.unreached]).toEqual([1, 2, 2])
  })

  it('does not begin where a test fails without any mutant', () => {
    const file = path.join(root, 'packages/toll/src/red.test.ts')
    writeFileSync(file, "import { toll } from './toll'\nit('is red', () => expect(toll(3)).toBe(16))\n")
    const { status, stderr } = mutate()
    rmSync(file)
    expect(status).not.toBe(0)
    expect(stderr).toContain('"is red" fails without any mutant')
  })

  it('draws the same sample for the same seed', () => {
    const { mutants } = mutantsOf(root, path.join(root, 'packages/toll'))
    const drawn = (seed) => sampled(mutants, 5, seed).map(({ id }) => id)
    expect(drawn(1)).toHaveLength(5)
    expect(drawn(1)).toEqual(drawn(1))
    expect(drawn(1)).not.toEqual(drawn(2))
  })
})

describe('a glob', () => {
  it.each([
    ['src/*.ts', ['src/a.ts'], ['src/b/a.ts', 'src/a.js', 'src/axts']],
    ['src/**', ['src/a.ts', 'src/b/a.ts'], ['test/a.ts']],
    ['**/*.test.ts', ['a.test.ts', 'src/b/a.test.ts'], ['src/a.ts']],
    ['src/{a,b-c}.ts', ['src/a.ts', 'src/b-c.ts'], ['src/b.ts', 'src/{a,b-c}.ts']],
    ['?.ts', ['a.ts'], ['ab.ts', '/.ts']],
    ['**/dist', ['dist/a.js', 'src/dist/a.js'], ['distant/a.js']],
  ])('%s', (glob, within, without) => {
    expect(within.filter(globbed(glob))).toEqual(within)
    expect(without.filter(globbed(glob))).toEqual([])
  })
})

describe('the arguments', () => {
  it('are refused with all that is wrong and what there is', () => {
    const { error } = readArguments(['--sample=many', '--rom=risk'])
    expect(error).toContain('"--sample=many" is not understood')
    expect(error).toContain('"--rom=risk" is not understood')
    expect(error).toContain('--room is missing')
    expect(error).toContain('usage: npm run mutate')
  })
})
