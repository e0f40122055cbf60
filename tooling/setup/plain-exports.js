const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs')
const path = require('node:path')

/** How TypeScript hands on what another module says: by a getter, over a name that it has given a value before. */
const handedOn =
  /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+\.\w+); \} \}\);$/gm

/**
 * The same code with values in the place of these getters. V8 makes a dictionary of an object whose values become getters: to
 * call a function of such an index is to look its name up each time and to ask the getter, and nothing of it is compiled into
 * its caller. Of deciding, which adds and compares some hundreds of decimals a command, that was a sixth. A room's exports
 * are constants, and no room imports itself through another, so that the values are there when the index is read.
 */
const withPlainExports = (code) => code.replace(handedOn, 'exports.$1 = $2;')

const groups = ['packages', 'services']

/** What the rooms of a checkout are entered by, as it is built. */
const indexesOf = (root) =>
  groups
    .map((group) => path.join(root, group))
    .filter((group) => existsSync(group))
    .flatMap((group) => readdirSync(group).map((room) => path.join(group, room, 'dist', 'index.js')))
    .filter((index) => existsSync(index))

/** Makes the exports of all rooms plain, where they are not yet. */
const makeExportsPlain = (root) => {
  for (const index of indexesOf(root)) {
    const code = readFileSync(index, 'utf8')
    const plain = withPlainExports(code)
    if (plain !== code) writeFileSync(index, plain)
  }
}

module.exports = { makeExportsPlain, withPlainExports }
