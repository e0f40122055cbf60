const { spawnSync } = require('node:child_process')
const path = require('node:path')
const { checkWalls } = require('.')
const { buildHouse, config, manifest } = require('./test-house')

/** Every breach of a house in which these files are planted; nothing else in it is wrong. */
const breachesWith = (planted) => {
  const house = buildHouse(planted)
  try {
    return checkWalls(house.dir).breaches
  } finally {
    house.remove()
  }
}

const risk = 'packages/risk/src/planted.ts'
const policy = 'services/margin/src/policy.ts'
const cli = 'apps/cli/src/planted.ts'
const moreRooms = {
  'apps/cli/package.json': manifest('apps/cli', { uuid: '11.1.0' }),
  'services/ledger/package.json': manifest('services/ledger'),
}

/** One planted line is one breach, at its own place and with the rule that it breaks. */
const expectBreach = (file, text, reason) => {
  const breaches = breachesWith({ ...moreRooms, [file]: `// planted\n${text}\n` })
  expect(breaches).toEqual([expect.stringContaining(reason)])
  expect(breaches[0]).toMatch(new RegExp(`^${file}:2 `))
}

const expectNoBreach = (file, text) => expect(breachesWith({ ...moreRooms, [file]: text })).toEqual([])

const client = 'packages/client/src'
const withClient = (file, text) =>
  breachesWith({
    'packages/client/package.json': manifest('packages/client', {}, { '@novation/decimal': '0.1.0', parser: '1.0.0' }),
    'packages/client/tsconfig.json': config(),
    [`${client}/${file}`]: text,
  })

describe('what is published by itself', () => {
  it('ships no other room; its tests may know them', () => {
    const text = `import { decimal } from '@novation/decimal'\n`
    expect(withClient('planted.ts', text)).toEqual([expect.stringContaining('it ships no other room')])
    expect(withClient('planted.test.ts', text)).toEqual([])
  })

  it('brings along the libraries it is bundled with', () =>
    expect(withClient('planted.ts', `import 'parser'\n`)).toEqual([]))

  it('meets time, network and dice in one file', () => {
    const text = 'export const now = () => Date.now()\n'
    expect(withClient('world.ts', text)).toEqual([])
    expect(withClient('planted.ts', text)).toEqual([expect.stringContaining('no clock')])
  })
})

describe('the walls', () => {
  it('have nothing against a sound house', () => expect(breachesWith({})).toEqual([]))

  it('end with the exit code of what they found', () => {
    const exitCode = (planted) => {
      const house = buildHouse(planted)
      const { status } = spawnSync(process.execPath, [path.join(__dirname, 'index.js'), house.dir])
      house.remove()
      return status
    }
    expect(exitCode({})).toBe(0)
    expect(exitCode({ [risk]: 'export const now = Date.now()\n' })).toBe(1)
  })

  it('do not pass an empty house', () => expect(checkWalls(__dirname)).toEqual({ files: 0, breaches: [] }))

  it('say which file they cannot read, and do not pass it', () =>
    expect(breachesWith({ [risk]: 'import { from' })).toEqual([expect.stringContaining(`${risk}:1  cannot be parsed`)]))
})

describe('between rooms', () => {
  it.each([
    ['a room knows one above', risk, `import '@novation/platform'`, 'go down only'],
    ['a room re-exports one above', risk, `export * from '@novation/platform'`, 'go down only'],
    ['only a type is taken from above', risk, `import type { x } from '@novation/platform'`, 'go down only'],
    ['a type is imported in place', risk, `export type A = import('@novation/platform').A`, 'go down only'],
    ['the type of a module is taken', risk, `export type A = typeof import('@novation/platform')`, 'go down only'],
    ['an import waits until it is needed', risk, `export const f = () => import('@novation/platform')`, 'go down only'],
    ['an import is an assignment', risk, `import p = require('@novation/platform')`, 'go down only'],
    ['a template names the module', risk, 'export const f = require(`@novation/platform`)', 'go down only'],
    ['a test knows a room above', 'packages/risk/src/a.test.ts', `import '@novation/platform'`, 'go down only'],
    ['a service knows another', policy, `import '@novation/ledger'`, 'services/margin must not know services/ledger'],
    ['a room is entered past its index', policy, `import '@novation/risk/src/index'`, 'enter a room by its index'],
    ['a path leads into another room', policy, `import '../../../packages/risk/src'`, 'must stay in services/margin'],
    ['a room imports itself by name', risk, `import '@novation/risk'`, 'use a relative path'],
    ['what ships uses the test kit', risk, `import '@novation/testing'`, 'is for tests only'],
    ['what ships uses the kit of a room', policy, `import '@novation/platform/kit'`, 'is for tests only'],
    ['what ships uses a test', risk, `import './index.test'`, 'what only tests use'],
    ['the test kit knows a room', 'packages/testing/src/a.ts', `import '@novation/decimal'`, 'imports no other room'],
    ['nobody can tell what is imported', risk, 'export const f = (n: string) => require(n)', 'cannot be judged'],
  ])('%s: refused', (_, file, text, reason) => expectBreach(file, text, reason))
})

describe('libraries', () => {
  it.each([
    ['big.js', risk, `import Big from 'big.js'`, 'big.js stays behind packages/decimal'],
    ['kafkajs', policy, `import { Kafka } from 'kafkajs'`, 'kafkajs stays behind packages/platform'],
    ['kafkajs by a deep path', policy, `import 'kafkajs/src/index'`, 'kafkajs stays behind packages/platform'],
    ['EventStoreDB', policy, `import '@eventstore/db-client'`, '@eventstore/db-client stays behind packages/platform'],
    ['libsql in a test', 'services/margin/src/a.test.ts', `import 'libsql'`, 'libsql stays behind packages/platform'],
    ['what nobody declared', risk, `import 'pino'`, 'pino is not declared in the package.json of packages/risk'],
    ['what is for tests', 'packages/decimal/src/a.ts', `import '@types/big.js'`, 'declared for tests only'],
    ['the random part of uuid', cli, `import { v5, v4 } from 'uuid'`, 'not v4'],
    ['all of uuid', cli, `import * as uuid from 'uuid'`, 'of uuid only v5'],
  ])('%s: refused', (_, file, text, reason) => expectBreach(file, text, reason))

  it('leave what follows from its words', () => expectNoBreach(cli, `import { v5, validate } from 'uuid'`))
})

describe('the world outside', () => {
  const pure = ['packages/decimal', 'packages/events', 'packages/risk', 'packages/clearing', 'services/margin']
  const modules = ['node:fs', 'fs/promises', 'node:net', 'http', 'node:child_process', 'node:os', 'node:worker_threads']
  const cases = pure.flatMap((room) => modules.map((name) => [room, name]))

  it.each(cases)('%s does no I/O: %s refused', (room, name) => {
    const file = `${room}/src/planted.ts`
    const planted = { [`${room}/package.json`]: manifest(room), [file]: `import '${name}'\n` }
    expect(breachesWith(planted)).toContainEqual(`${file}:1  no I/O here: ${name} belongs to packages/platform`)
  })

  it.each(['process.env.HOME', 'console.log(1)', `fetch('/')`])('a pure room does not see it: %s refused', (use) =>
    expectBreach(risk, `export const a = ${use}`, 'nothing of the world outside'),
  )

  it('is there for the composition root of a service, and for a command line', () => {
    expectNoBreach('services/margin/src/main.ts', `import 'node:fs'\nprocess.exitCode = 1\n`)
    expectNoBreach(cli, `import 'node:fs'\nprocess.exitCode = 1\n`)
  })
})

describe('clocks, timers and dice', () => {
  it.each([
    'Date.now()',
    'Date?.now()',
    'new Date()',
    'new Date',
    'Date()',
    'Date.now',
    `Date['now']()`,
    '(Date).now()',
    'new globalThis.Date()',
    'global.performance',
    '[Date].map((D) => new D())',
    '{ Date }',
    'performance.now()',
    'process.hrtime.bigint()',
    'process.uptime()',
    'setTimeout(() => {}, 1)',
    'setInterval',
    'setImmediate(() => {})',
    'AbortSignal.timeout(1)',
    'Math.random()',
    'Math?.random()',
    `Math['random']()`,
    '[1].map(Math.random)',
    'crypto.randomUUID()',
    `eval('1')`,
    '(1 as unknown as typeof Date) && Date.now()',
    '((x = Date.now()) => x)()',
    'class { readonly at = Date.now() }',
  ])('%s: refused', (use) => expectBreach(cli, `export const a = ${use}`, 'no clock, timer or randomness'))

  it.each([
    `import { setTimeout as wait } from 'node:timers/promises'`,
    `import 'timers'`,
    `import { performance as p } from 'node:perf_hooks'`,
    'export const { now } = Date',
    'export const { random } = Math',
    'export enum At { now = Date.now() }',
  ])('%s: refused', (text) => expectBreach(cli, text, 'no clock, timer or randomness'))

  it('leave signatures alone', () =>
    expectNoBreach(cli, `import { createHash, hash, sign, verify } from 'node:crypto'`))

  it('are meant where a name is bound elsewhere in the file', () =>
    expectBreach(risk, 'export const f = (process: number) => process; export const g = () => process.env', 'world'))

  it.each(['randomUUID', 'randomBytes', 'randomInt', 'webcrypto'])('%s of crypto: refused', (name) =>
    expectBreach(cli, `import { createHash, ${name} } from 'node:crypto'`, `not ${name}`),
  )

  it.each([
    `import * as crypto from 'node:crypto'`,
    `import crypto from 'crypto'`,
    `export const c = require('crypto')`,
  ])('%s: refused', (text) => expectBreach(cli, text, 'only createHash, hash'))

  it.each([`import process from 'node:process'`, `import { hrtime } from 'process'`])('%s: refused', (text) =>
    expectBreach(cli, text, 'only argv, env'),
  )

  it.each(['services/margin/src/main.ts', policy, risk])('%s has none', (file) => {
    expect(breachesWith({ [file]: 'export const a = Date.now()\n' })).toEqual([expect.stringContaining(`${file}:1 `)])
  })

  it.each([
    'new Date(0)',
    'Date.parse(text)',
    'Date.UTC(2020, 2)',
    'at instanceof Date',
    'Math.floor(1.5)',
    '{ setTimeout: 1, performance: 2 }',
    'clock.setTimeout(1)',
  ])('%s is none', (use) =>
    expectNoBreach(cli, `export const a = (text: string, at: Date, clock: { setTimeout: Function }) => (${use})`),
  )

  it('are not meant by a name that the file declares itself', () => {
    expectNoBreach(risk, 'export const process = (a: number) => a\nexport const b = process(1)\n')
    expectNoBreach(risk, `import { crypto } from './index'\nexport const b = crypto\n`)
    expectNoBreach(risk, 'export const run = ({ process }: Rules, [fetch]: Asks) => process(fetch)\n')
  })

  it.each(['packages/platform/src/a.ts', 'packages/testing/src/a.ts', 'apps/cli/src/a.test.ts'])('%s may', (file) =>
    expectNoBreach(file, 'export const a = [Date.now(), Math.random(), setTimeout]'),
  )
})

describe('arithmetic that comes out the same on every engine', () => {
  const kernel = 'packages/risk/src/kernel/planted.ts'

  it.each(['Math.exp(1)', 'Math?.log(2)', '[1].map(Math.cbrt)', 'Math.PI'])(
    '%s: refused where doubles decide about money',
    (use) => expectBreach(risk, `export const a = ${use}`, 'engines may round Math'),
  )

  it.each(['export const a = (x: number) => x ** 0.5', 'export let a = 2; a **= 3'])('%s: refused', (text) =>
    expectBreach(risk, text, 'engines may round **'),
  )

  it.each([`export const a = Math['pow'](2, 3)`, 'export const { exp } = Math'])(
    '%s: refused as what may hide dice',
    (text) => expectBreach(risk, text, '(Math)'),
  )

  it('is floor and sqrt alone in the kernel', () => {
    expectNoBreach(kernel, 'export const a = (x: number) => Math.floor(Math.sqrt(x))')
    expectBreach(kernel, 'export const a = (x: number) => Math.abs(x)', 'only Math.floor, Math.sqrt')
    expectNoBreach(risk, 'export const a = (x: number) => Math.abs(Math.max(x, 1))')
  })

  it('is not asked of other rooms, nor of tests', () => {
    expectNoBreach(cli, 'export const a = Math.exp(1) ** 2')
    expectNoBreach('packages/risk/src/a.test.ts', 'export const a = Math.exp(1) ** 2')
  })
})

describe('manifests', () => {
  it.each([
    ['a room without a place', 'packages/new', manifest('packages/new'), 'no place in tooling/walls/rooms.js'],
    ['a dependency upwards', 'packages/decimal', manifest('packages/decimal', { '@novation/risk': '1' }), 'not below'],
    ['a shipped test kit', 'packages/risk', manifest('packages/risk', { '@novation/testing': '1' }), 'devDependencies'],
  ])('%s: refused', (_, room, text, reason) =>
    expect(breachesWith({ [`${room}/package.json`]: text })).toContainEqual(expect.stringContaining(reason)),
  )

  it('agree with what the compiler is told', () => {
    const file = 'services/margin/tsconfig.json'
    expect(breachesWith({ [file]: config('packages/platform', 'packages/risk') })).toEqual([])
    expect(breachesWith({ [file]: config('packages/platform') })).toEqual([
      expect.stringContaining('does not reference'),
    ])
    expect(breachesWith({ [file]: config('packages/platform', 'packages/risk', 'packages/decimal') })).toEqual([
      expect.stringContaining('which package.json does not name'),
    ])
  })
})
