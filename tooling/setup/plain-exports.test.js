const { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { setFlagsFromString } = require('node:v8')
const { makeExportsPlain, withPlainExports } = require('./plain-exports')

/** As `tsc` writes an index that hands on so many names of one module. */
const indexOf = (names) =>
  [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    `${names.map((name) => `exports.${name} = `).join('')}void 0;`,
    'var arithmetic_1 = require("./arithmetic");',
    ...names.map(
      (name) =>
        `Object.defineProperty(exports, "${name}", { enumerable: true, get: function () { return arithmetic_1.${name}; } });`,
    ),
    '',
  ].join('\n')

const exportsOf = (code, handedOn) => {
  const exports = {}
  new Function('exports', 'require', code)(exports, () => handedOn)
  return exports
}

const isDictionary = (object) => {
  setFlagsFromString('--allow-natives-syntax')
  return !new Function('object', 'return %HasFastProperties(object)')(object)
}

describe('what an index hands on', () => {
  const names = Array.from({ length: 100 }, (_, i) => `name${i}`)
  const handedOn = Object.fromEntries(names.map((name, i) => [name, i]))

  it('is a dictionary of getters as it is compiled, and after that an object of values', () => {
    expect(isDictionary(exportsOf(indexOf(names), handedOn))).toBe(true)
    const plain = exportsOf(withPlainExports(indexOf(names)), handedOn)
    expect(isDictionary(plain)).toBe(false)
    expect(plain).toEqual(handedOn)
    expect(plain.__esModule).toBe(true)
  })

  it('is made plain in each room that is built, once', () => {
    const root = mkdtempSync(path.join(tmpdir(), 'novation-exports-'))
    const dist = path.join(root, 'packages/decimal/dist')
    mkdirSync(dist, { recursive: true })
    mkdirSync(path.join(root, 'packages/not-built'))
    const index = path.join(dist, 'index.js')
    writeFileSync(index, indexOf(['add']))
    makeExportsPlain(root)
    const plain = readFileSync(index, 'utf8')
    expect(plain).toContain('\nexports.add = arithmetic_1.add;\n')
    makeExportsPlain(root)
    expect(readFileSync(index, 'utf8')).toBe(plain)
    rmSync(root, { recursive: true })
  })
})
