const { existsSync, readFileSync } = require('node:fs')
const path = require('node:path')
const rooms = require('./rooms')

const read = (file) => JSON.parse(readFileSync(file, 'utf8'))

const difference = (some, others) => some.filter((one) => !others.includes(one))

/** The compiler builds what a room references; a room that is imported and not referenced would be built too late. */
const references = (root, room, needed) => {
  const config = path.join(root, room, 'tsconfig.json')
  if (!existsSync(config)) return []
  const given = (read(config).references ?? []).map((reference) => path.posix.join(room, reference.path))
  // The page is built by another builder, and is no part of the compiler's plan.
  return [
    ...difference(needed, [...given, rooms.page]).map(
      (target) => `tsconfig.json does not reference ${target}, which package.json names`,
    ),
    ...difference(given, needed).map(
      (target) => `tsconfig.json references ${target}, which package.json does not name`,
    ),
  ]
}

/** Where a room's package.json and tsconfig.json do not agree with the plan or with each other. */
const manifestFaults = (root, house, room) => {
  const manifest = house.manifests.get(room)
  const named = (dependencies) => Object.keys(dependencies ?? {}).flatMap((name) => house.rooms.get(name) ?? [])
  const targets = named(manifest.dependencies)
  const level = room === rooms.testKit ? -1 : rooms.levelOf(room)
  if (level === undefined) return ['this room has no place in tooling/walls/rooms.js']
  return [
    ...targets
      .filter((target) => target !== rooms.testKit && !(rooms.levelOf(target) < level))
      .map((target) => `package.json depends on ${target}, which is not below ${room}`),
    ...targets
      .filter((target) => target === rooms.testKit)
      .map((target) => `package.json ships ${target}: it belongs to devDependencies`),
    ...(room === rooms.page ? [] : references(root, room, targets)),
  ]
}

module.exports = { manifestFaults }
