/**
 * Finds what is begun and not waited for, made and never run, answered and not looked at, wherever it comes from: it asks
 * the compiler for the type of every value that is let go. `node tooling/unheeded [TSCONFIG]` prints each with its place,
 * and exits 1 if there is one.
 */
const path = require('node:path')
const { isTestFile } = require('../walls/rooms')
const { kindsOf } = require('./kinds')
const { placesOf } = require('./places')
const { openProgram } = require('./program')

const reasons = {
  promise: 'nobody waits for this promise: await it, or say with void that nobody needs to',
  callback: 'nobody waits for this function: whoever calls it wants nothing of it',
  task: 'this is made and never run: call it',
  outcome: 'nobody looks at how this ended, and it may not have: look at each of its tags',
  answer: 'nobody looks at what this answers: use it, or say with void (of a promise with then) that nobody needs to',
}

/** Whether what is called here is of this house, and not of a library: those answer much that nobody needs. */
const isOurs = ({ ast: { SyntaxKind }, checker, files }, node) => {
  const call = node.kind === SyntaxKind.AwaitExpression ? node.expression : node
  return call.kind === SyntaxKind.CallExpression && files.has(checker.getResolvedSignature(call)?.declaration?.path)
}

/** In tests, what is asserted afterwards tells how it ended; but they wait for all they begin. */
const judgeValue = (house, kinds, { node, isMeant }, type, ships) => {
  if (kinds.isTask(type)) return 'task'
  if (kinds.isPromise(type) && !isMeant) return 'promise'
  if (!ships) return undefined
  if (kinds.isOutcome(type) || kinds.isPromisedOutcome(type)) return 'outcome'
  if (kinds.isNothing(type) || !isOurs(house, node)) return undefined
  // `void` in front of an await would say of the promise too, should the await be lost, that nobody needs it.
  return isMeant && node.kind !== house.ast.SyntaxKind.AwaitExpression ? undefined : 'answer'
}

const judgeCallback = ({ ast: { SyntaxKind }, checker }, kinds, node) => {
  const isAsync = node.modifiers?.some(({ kind }) => kind === SyntaxKind.AsyncKeyword) === true
  if (!isAsync && node.body.kind === SyntaxKind.Block) return undefined
  const wanted = checker.getContextualType(node)
  if (wanted === undefined || !kinds.wantsNothing(wanted)) return undefined
  if (isAsync) return 'callback'
  const answer = checker.getTypeAtLocation(node.body)
  return kinds.isPromise(answer) || kinds.isTask(answer) ? 'callback' : undefined
}

const unheededIn = (house, kinds, file) => {
  const { checker, program, root } = house
  const sourceFile = program.getSourceFile(file)
  const name = path.relative(root, file).split(path.sep).join('/')
  const ships = !isTestFile(name)
  const { places, callbacks } = placesOf(house, sourceFile)
  const types = checker.getTypeAtLocation(places.map(({ node }) => node))
  const judged = [
    ...places.map((place, i) => [place.node, judgeValue(house, kinds, place, types[i], ships)]),
    ...callbacks.map((node) => [node, judgeCallback(house, kinds, node)]),
  ]
  return judged.flatMap(([node, kind]) => {
    if (kind === undefined) return []
    const { line } = sourceFile.getLineAndCharacterOfPosition(node.getStart(sourceFile))
    return [{ file: name, line: line + 1, reason: reasons[kind] }]
  })
}

/** Everything that nobody heeds in the program of a tsconfig; `fs` as `openProgram` has it. */
const findUnheeded = async (config, fs) => {
  const house = await openProgram(config, fs)
  const kinds = kindsOf(house)
  try {
    return { files: house.files.size, found: [...house.files].flatMap((file) => unheededIn(house, kinds, file)) }
  } finally {
    house.close()
  }
}

const main = async (config) => {
  const { files, found } = await findUnheeded(config)
  for (const { file, line, reason } of found) process.stdout.write(`${file}:${line}  ${reason}\n`)
  process.stdout.write(`unheeded: ${files} files, ${found.length} values let go\n`)
  // Where nothing was looked at, nothing could be found: say so instead of passing.
  if (found.length > 0 || files === 0) process.exitCode = 1
}

if (require.main === module)
  void main(path.resolve(process.argv[2] ?? path.join(__dirname, '../../tsconfig.check.json')))

module.exports = { findUnheeded }
