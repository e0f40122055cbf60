const { existsSync, readdirSync, readFileSync } = require('node:fs')
const path = require('node:path')
const rooms = require('./rooms')

const groups = ['packages', 'services', 'apps', 'benchmarks', 'examples']
const skipped = /^(node_modules|dist|test-results|\.turbo|jest\..*js)$/

const foldersOf = (dir) =>
  existsSync(dir) ? readdirSync(dir, { withFileTypes: true }).flatMap((it) => (it.isDirectory() ? it.name : [])) : []

const filesOf = (dir) =>
  readdirSync(dir, { withFileTypes: true })
    .filter((it) => !skipped.test(it.name))
    .flatMap((it) => {
      if (it.isDirectory()) return filesOf(path.join(dir, it.name))
      return /\.[cm]?[jt]sx?$/.test(it.name) ? [path.join(dir, it.name)] : []
    })

/** Reads which rooms stand under `root`, what they are called, and which files they hold. */
const readHouse = (root) => {
  const manifests = new Map(
    groups
      .flatMap((group) => foldersOf(path.join(root, group)).map((name) => `${group}/${name}`))
      .filter((room) => existsSync(path.join(root, room, 'package.json')))
      .map((room) => [room, JSON.parse(readFileSync(path.join(root, room, 'package.json'), 'utf8'))]),
  )
  const files = [...manifests.keys()].flatMap((room) => filesOf(path.join(root, room)))
  const relative = (file) => path.relative(root, file).split(path.sep).join('/')
  return {
    manifests,
    rooms: new Map([...manifests].map(([room, manifest]) => [manifest.name, room])),
    files: files.map(relative),
    isTest: (target) => ['', '.ts', '.js', '/index.ts'].some((end) => rooms.isTestFile(`${target}${end}`)),
  }
}

module.exports = { readHouse }
