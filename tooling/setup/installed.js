const { existsSync, readFileSync } = require('node:fs')
const path = require('node:path')

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** The folder of the workspace that an entry stands for, if it stands for one. */
const workspaceOf = (name, entry) => {
  if (entry.link) return entry.resolved
  return name.includes('node_modules/') ? undefined : name
}

/** npm leaves out binaries for other platforms, what only they need, and workspaces that this checkout has not. */
const mayBeAbsent = (root, name, entry) => {
  if (entry.optional || entry.devOptional || entry.peer) return true
  const workspace = workspaceOf(name, entry)
  return workspace !== undefined && !existsSync(path.join(root, workspace, 'package.json'))
}

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
      ? mayBeAbsent(root, name, entry)
      : there.version === entry.version && there.resolved === entry.resolved
  })
}

module.exports = { isInstalled }
