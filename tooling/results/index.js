const { existsSync, readdirSync, readFileSync, rmSync } = require('node:fs')
const path = require('node:path')

const read = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** The folders of the workspace, as package.json of the root names them. */
const workspaces = (root) =>
  read(path.join(root, 'package.json')).workspaces.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern]
    const group = pattern.slice(0, -2)
    return existsSync(path.join(root, group))
      ? readdirSync(path.join(root, group)).map((name) => `${group}/${name}`)
      : []
  })

const testedRooms = (root) =>
  workspaces(root).filter((room) => {
    const manifest = path.join(root, room, 'package.json')
    return existsSync(manifest) && read(manifest).scripts?.test !== undefined
  })

const folderOf = (root, room) => path.join(root, room, 'test-results')

/** Forgets earlier results of a suite, so that none can be counted for a run that did not happen. */
const forget = (root, suite) => {
  for (const room of workspaces(root)) rmSync(path.join(folderOf(root, room), `${suite}.json`), { force: true })
}

const none = { passed: 0, failed: 0, skipped: 0 }

const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped })

/** The sum of a suite over all rooms, what failed in which (a result of an older checkout does not say), and the rooms that have tests and told no result. */
const collect = (root, suite) => {
  const fileOf = (room) => path.join(folderOf(root, room), `${suite}.json`)
  const told = workspaces(root)
    .filter((room) => existsSync(fileOf(room)))
    .map((room) => ({ room, ...read(fileOf(room)) }))
  const failures = told.flatMap(({ room, failures = [] }) => failures.map(({ name, says }) => ({ room, name, says })))
  const silent = testedRooms(root).filter((room) => !existsSync(fileOf(room)))
  return { counts: told.reduce(add, none), failures, silent }
}

/** A failure as a few lines that stand by themselves, at the end of a long run. */
const failed = ({ room, name, says }) => [`failed: ${room}/${name}`, ...says.map((text) => `    ${text}`)].join('\n')

const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`

module.exports = { add, collect, failed, forget, line, none }
