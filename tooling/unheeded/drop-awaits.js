/**
 * Drops every `await` that is a statement, in memory and all at once, and says which of them the lint does not see.
 * `node tooling/unheeded/drop-awaits.js [TSCONFIG]` exits 1 where there is one, or nothing to drop.
 */
const path = require('node:path')
const { findUnheeded } = require('.')
const { openProgram } = require('./program')

const bare = ({ SyntaxKind: K }, node) =>
  node.kind === K.ParenthesizedExpression || node.kind === K.VoidExpression
    ? bare({ SyntaxKind: K }, node.expression)
    : node

/** The awaits of a file that are statements, by where they begin. */
const awaitsIn = ({ ast }, sourceFile) => {
  const found = []
  const visit = (node) => {
    const waits = node.kind === ast.SyntaxKind.ExpressionStatement ? bare(ast, node.expression) : undefined
    if (waits?.kind === ast.SyntaxKind.AwaitExpression) found.push(waits)
    node.forEachChild(visit)
  }
  visit(sourceFile)
  return found
}

/** The text without them. A value in front keeps what begins with a bracket from going on with the line before. */
const without = (awaits, sourceFile) =>
  awaits.reduce((text, node) => {
    const at = node.getStart(sourceFile)
    return `${text.slice(0, at)}0 || ${text.slice(at + 5)}`
  }, sourceFile.text)

const dropAwaits = async (config) => {
  const house = await openProgram(config)
  const texts = new Map()
  const dropped = []
  for (const file of house.files) {
    const sourceFile = house.program.getSourceFile(file)
    const awaits = awaitsIn(house, sourceFile)
    if (awaits.length === 0) continue
    texts.set(file, without(awaits, sourceFile))
    for (const { expression } of awaits) {
      const { line } = sourceFile.getLineAndCharacterOfPosition(expression.getStart(sourceFile))
      dropped.push(`${path.relative(house.root, file)}:${line + 1}`)
    }
  }
  house.close()
  const { found } = await findUnheeded(config, { readFile: (file) => texts.get(file) })
  const seen = new Set(found.map(({ file, line }) => `${file}:${line}`))
  return { dropped, unseen: dropped.filter((place) => !seen.has(place)) }
}

const main = async (config) => {
  const { dropped, unseen } = await dropAwaits(config)
  for (const place of unseen) process.stdout.write(`${place}  an await was dropped here and nobody saw it\n`)
  process.stdout.write(`dropped ${dropped.length} awaits, ${unseen.length} unseen\n`)
  if (unseen.length > 0 || dropped.length === 0) process.exitCode = 1
}

if (require.main === module)
  void main(path.resolve(process.argv[2] ?? path.join(__dirname, '../../tsconfig.check.json')))

module.exports = { dropAwaits }
