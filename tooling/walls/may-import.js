const { isBuiltin } = require('node:module')
const path = require('node:path')
const rooms = require('./rooms')

/** `@scope/name/deep/file` -> `@scope/name`. */
const packageOf = (from) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')

const unlisted = (names, allowed) => names.filter((name) => !allowed.includes(name))

const onlyNames = (from, names, allowed) => {
  const refused = unlisted(names, allowed)
  return refused.length > 0 ? `of ${from} only ${allowed.join(', ')}: not ${refused.join(', ')}` : undefined
}

const toRoom = (file, from, target) => {
  const room = rooms.roomOf(file)
  const isKit = from === `${packageOf(from)}/kit`
  if (from !== packageOf(from) && !isKit) return `enter a room by its index: import from '${packageOf(from)}'`
  if (isKit && !rooms.isTestFile(file)) return `${from} is for tests only`
  if (target === room) return `a room does not import itself by name: use a relative path`
  if (target === rooms.testKit) {
    return rooms.isTestFile(file) ? undefined : `${target} is for tests only`
  }
  if (room === rooms.testKit) return `${room} imports no other room, so that every room can be tested with it`
  if (room === rooms.published && !rooms.isTestFile(file))
    return `${room} is published by itself: it ships no other room`
  if (room === rooms.page && target !== rooms.published) return `${room} knows no room but ${rooms.published}`
  return rooms.levelOf(target) < rooms.levelOf(room)
    ? undefined
    : `imports go down only: ${room} must not know ${target} (tooling/walls/rooms.js has the order)`
}

const toBuiltin = (file, from, names) => {
  const name = from.replace(/^node:/, '')
  const allowed = rooms.pureBuiltins[name]
  if (rooms.isPure(file)) {
    if (allowed === undefined) return `no I/O here: ${from} belongs to ${rooms.platform}`
    return allowed === '*' ? undefined : onlyNames(from, names, allowed)
  }
  if (!(name in rooms.impure)) return undefined
  return rooms.impure[name] === undefined
    ? `no clock, timer or randomness outside ${rooms.platform}: ${from} is passed in`
    : onlyNames(from, names, rooms.impure[name])
}

const toLibrary = (file, from, names, manifest) => {
  const name = packageOf(from)
  const homes = rooms.homes[name]
  if (homes !== undefined && !homes.includes(rooms.roomOf(file))) return `${name} stays behind ${homes[0]}`
  const { dependencies = {}, devDependencies = {} } = manifest
  const isBundled = [rooms.published, rooms.page].includes(rooms.roomOf(file))
  const isDeclared = name in dependencies || ((isBundled || rooms.isTestFile(file)) && name in devDependencies)
  if (!isDeclared) {
    return name in devDependencies
      ? `${name} is declared for tests only (devDependencies)`
      : `${name} is not declared in the package.json of ${rooms.roomOf(file)}`
  }
  const allowed = rooms.deterministic[name]
  const isFree = rooms.isTestFile(file) || rooms.roomOf(file) === rooms.platform
  return allowed === undefined || isFree ? undefined : onlyNames(name, names, allowed)
}

/**
 * Why `file` must not import `names` from `from`, or undefined where it may. `house` knows the rooms by their package
 * names and their manifests by their folders.
 */
const whyNot = (house, file, { from, names }) => {
  const room = rooms.roomOf(file)
  if (from === undefined)
    return rooms.isTestFile(file) ? undefined : 'an import whose target is computed cannot be judged'

  if (from.startsWith('.') || path.isAbsolute(from)) {
    const target = path.posix.join(path.posix.dirname(file), from)
    if (!target.startsWith(`${room}/`)) return `a relative path must stay in ${room}: import another room by its name`
    return house.isTest(target) && !rooms.isTestFile(file)
      ? 'what ships must not import what only tests use'
      : undefined
  }
  const target = house.rooms.get(packageOf(from))
  if (target !== undefined) return toRoom(file, from, target)
  if (isBuiltin(from)) {
    return rooms.isTestFile(file) || room === rooms.platform ? undefined : toBuiltin(file, from, names)
  }
  return toLibrary(file, from, names, house.manifests.get(room))
}

module.exports = { whyNot }
