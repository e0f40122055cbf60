const { createHash } = require('node:crypto')
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const path = require('node:path')

const lockOf = (root) => path.join(root, 'package-lock.json')
const stampOf = (root) => path.join(root, 'node_modules', '.installed-lock')
const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Notes down that `npm ci` has just installed this lock file. */
const markInstalled = (root) => writeFileSync(stampOf(root), digest(lockOf(root)))

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/** What npm may leave out on this machine: binaries for other platforms, and what only they need. */
const mayBeAbsent = (entry) => entry.optional || entry.devOptional || entry.peer

/** A room of the house is where it is, and installed as soon as somebody has linked it: nothing of it has to be fetched. */
const isRoom = (name) => !name.startsWith('node_modules/')

/** Whether what npm says it has installed is what the lock file asks for, whoever ran it. */
const holdsAll = (installed, wanted, root) =>
  Object.entries(wanted).every(([name, entry]) => {
    if (isRoom(name)) return true
    if (entry.link) return existsSync(path.join(root, name, 'package.json'))
    const there = installed[name]
    return there ? there.version === entry.version && there.resolved === entry.resolved : mayBeAbsent(entry)
  })

/**
 * Whether node_modules is that of package-lock.json. npm writes down what it has installed when it is done, so an
 * interrupted installation counts as none, and a lock file that changed (a branch was switched) counts as not installed.
 */
const isInstalled = (root) => {
  const record = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const isStamped = existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === digest(lockOf(root))
  return isStamped || holdsAll(packagesIn(record), packagesIn(lockOf(root)), root)
}

module.exports = { isInstalled, markInstalled }
