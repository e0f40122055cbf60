/**
 * The walls between the rooms, which no compiler sees: who may import whom and which library, where I/O, clocks and
 * dice are. `node tooling/walls [ROOT]` prints each breach with its place and the rule, and exits 1 if there is one.
 */
const path = require('node:path')
const { readHouse } = require('./house')
const { importOf } = require('./imports')
const { whyNot } = require('./may-import')
const { whyNotUse } = require('./effects')
const { manifestFaults } = require('./manifests')
const { whyNotPortable } = require('./portable')
const { parseFile } = require('./syntax')

const breachesOf = (root, house, file) => {
  const { each, lineOf } = parseFile(path.join(root, file))
  const found = []
  each((node, place) => {
    const imported = importOf(node)
    const reason = imported
      ? whyNot(house, file, imported)
      : (whyNotUse(file, node, place) ?? whyNotPortable(file, node, place))
    if (reason !== undefined) found.push(`${file}:${lineOf(node)}  ${reason}`)
  })
  return found
}

/** Every breach under `root`, as lines to print. A file that cannot be read as TypeScript is a breach too. */
const checkWalls = (root) => {
  const house = readHouse(root)
  const inFiles = house.files.flatMap((file) => {
    try {
      return breachesOf(root, house, file)
    } catch (error) {
      return [`${file}:1  cannot be parsed: ${error.message.split('\n')[0]}`]
    }
  })
  const inManifests = [...house.manifests.keys()].flatMap((room) =>
    manifestFaults(root, house, room).map((reason) => `${room}/package.json:1  ${reason}`),
  )
  return { files: house.files.length, breaches: [...inManifests, ...inFiles] }
}

const main = (root) => {
  const { files, breaches } = checkWalls(root)
  for (const breach of breaches) process.stdout.write(`${breach}\n`)
  process.stdout.write(`walls: ${files} files, ${breaches.length} breaches\n`)
  // An empty house has no walls to break: say so instead of passing.
  if (breaches.length > 0 || files === 0) process.exitCode = 1
}

if (require.main === module) main(path.resolve(process.argv[2] ?? path.join(__dirname, '../..')))

module.exports = { checkWalls }
