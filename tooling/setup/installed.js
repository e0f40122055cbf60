const { existsSync, readFileSync } = require('node:fs')
const path = require('node:path')

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** What npm may leave out on this machine: binaries for other platforms, and what only they need. */
const mayBeAbsent = (entry) => entry.optional || entry.devOptional || entry.peer

/**
 * Whether node_modules holds what package-lock.json says. npm writes down what it has installed when it is done, so an
 * interrupted installation counts as none, and a lock file that changed (a branch was switched) counts as not installed.
 */
const isInstalled = (root) => {
  const record = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = packagesIn(record)
  return Object.entries(packagesIn(path.join(root, 'package-lock.json'))).every(([name, entry]) => {
    if (name === '') return true
    const there = installed[name]
    return there === undefined
      ? mayBeAbsent(entry)
      : there.version === entry.version && there.resolved === entry.resolved
  })
}

module.exports = { isInstalled }
