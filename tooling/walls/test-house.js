const { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')

const root = path.join(__dirname, '../..')

/** What the lint reads beside the rooms; the small house has the real ones. */
const shared = [
  '.gitignore',
  'biome.json',
  'jest.preset.js',
  'jest.properties.js',
  'knip.json',
  'package-lock.json',
  'package.json',
  'tooling',
  'tsconfig.base.json',
  'tsconfig.check.json',
  'turbo.json',
]

const json = (value) => `${JSON.stringify(value, null, 2)}\n`

/** The text of a package.json. */
const manifest = (room, dependencies = {}, devDependencies = {}) =>
  json({
    name: `@novation/${path.basename(room)}`,
    private: true,
    main: 'dist/index.js',
    dependencies,
    devDependencies,
  })

/** The text of a tsconfig.json. */
const config = (...references) =>
  json({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist' },
    references: references.map((room) => ({ path: `../../${room}` })),
  })

/** A house of a few rooms in which every wall stands and nothing is superfluous, as files and their texts. */
const soundHouse = {
  'packages/decimal/package.json': manifest('packages/decimal', { 'big.js': '7.0.1' }, { '@types/big.js': '7.0.0' }),
  'packages/decimal/tsconfig.json': config(),
  'packages/decimal/src/index.ts': `import Big from 'big.js'

declare const brand: unique symbol

export type Decimal = symbol & { readonly [brand]: true }

export const decimal = (text: string): Decimal => new Big(text) as unknown as Decimal
`,
  'packages/testing/package.json': manifest('packages/testing'),
  'packages/testing/tsconfig.json': config(),
  'packages/testing/src/index.ts': `export const soon = () => new Date(Date.now() + 1)
`,
  'packages/risk/package.json': manifest(
    'packages/risk',
    { '@novation/decimal': '0.1.0' },
    { '@novation/testing': '0.1.0' },
  ),
  'packages/risk/tsconfig.json': config('packages/decimal'),
  'packages/risk/src/index.ts': `import { createHash } from 'node:crypto'
import { type Decimal, decimal } from '@novation/decimal'

/** The time is passed in, and a property may be called what it likes. */
export const price = (clock: { readonly performance: number }, text: string): Decimal =>
  decimal(createHash('sha256').update(text).digest('hex') + new Date(clock.performance).toISOString())

export const parse = (text: string) => Math.max(Date.parse(text), 0)
`,
  'packages/risk/src/index.test.ts': `import { readFileSync } from 'node:fs'
import { soon } from '@novation/testing'
import { parse } from '.'

it('may do what it likes', () => {
  expect([readFileSync, setTimeout, Math.random(), parse, soon()]).toBeDefined()
})
`,
  'packages/platform/package.json': manifest('packages/platform', { libsql: '0.5.29' }),
  'packages/platform/tsconfig.json': config(),
  'packages/platform/src/index.ts': `import { readFileSync } from 'node:fs'
import libsql from 'libsql'

export const now = () => [Date.now(), Math.random(), setTimeout, readFileSync, libsql].length
`,
  'services/margin/package.json': manifest('services/margin', {
    '@novation/platform': '0.1.0',
    '@novation/risk': '0.1.0',
  }),
  'services/margin/tsconfig.json': config('packages/platform', 'packages/risk'),
  'services/margin/src/policy.ts': `import { parse, price } from '@novation/risk'

export const margin = (text: string) => price({ performance: parse(text) }, text)
`,
  'services/margin/src/main.ts': `import { argv } from 'node:process'
import { now } from '@novation/platform'
import { margin } from './policy'

process.exitCode = margin(argv[2] ?? '') ? now() : 1
`,
}

const rooms = [...new Set(Object.keys(soundHouse).map((file) => file.split('/').slice(0, 2).join('/')))]

/** Builds the sound house, with `planted` files put in or instead, in a folder of its own. */
const buildHouse = (planted = {}) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'novation-walls-'))
  for (const [file, text] of Object.entries({ ...soundHouse, ...planted })) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    writeFileSync(path.join(dir, file), text)
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** Gives a house everything that a lint of it needs: the tools, and its own rooms by their names. */
const furnish = ({ dir }) => {
  const isOurs = (source) => !source.includes('node_modules') && !source.includes('test-results')
  for (const file of shared) cpSync(path.join(root, file), path.join(dir, file), { recursive: true, filter: isOurs })
  const modules = path.join(root, 'node_modules')
  mkdirSync(path.join(dir, 'node_modules/@novation'), { recursive: true })
  for (const name of readdirSync(modules)) {
    if (name !== '@novation') symlinkSync(path.join(modules, name), path.join(dir, 'node_modules', name))
  }
  for (const room of rooms)
    symlinkSync(path.join(dir, room), path.join(dir, 'node_modules/@novation', path.basename(room)))
}

module.exports = { buildHouse, config, furnish, manifest }
