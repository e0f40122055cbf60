const { readFileSync } = require('node:fs')
const { parseSync } = require('@swc/core')

/** Keys and nodes below which there are only types: no code runs there. */
const typeKeys = new Set([
  'typeAnnotation',
  'returnType',
  'typeParams',
  'typeParameters',
  'typeArguments',
  'implements',
])
const typeNodes = new Set(['TsInterfaceDeclaration', 'TsTypeAliasDeclaration'])

/** Where the compiler writes a type beside an expression, the expression still runs. */
const isTypeOnly = (key, node, inType) => inType || typeKeys.has(key) || typeNodes.has(node.type)

/** The names that a parameter or another pattern binds: `{ a, b: [c], ...d }` binds a, c and d. */
const boundBy = (pattern) => {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.value]
    case 'Parameter':
      return boundBy(pattern.pat)
    case 'AssignmentPattern':
      return boundBy(pattern.left)
    case 'AssignmentPatternProperty':
      return boundBy(pattern.key)
    case 'KeyValuePatternProperty':
      return boundBy(pattern.value)
    case 'RestElement':
      return boundBy(pattern.argument)
    case 'ObjectPattern':
      return pattern.properties.flatMap(boundBy)
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundBy)
    default:
      return []
  }
}

/** Calls `visit(node, place)` from the outside in; a place is the parent, the key under it, and what holds there. */
const walk = (node, visit, place) => {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit, place)
    return
  }
  if (node === null || typeof node !== 'object') return
  const inType = isTypeOnly(place.key, node, place.inType)
  if (typeof node.type === 'string') visit(node, { ...place, inType })
  const parent = typeof node.type === 'string' ? node : place.parent
  const names = Array.isArray(node.params) ? [...place.names, ...node.params.flatMap(boundBy)] : place.names
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'span') walk(child, visit, { parent, key, inType, names })
  }
}

const lineOf = (source, byte) => source.subarray(0, byte).toString().split('\n').length

const declared = (node) => {
  switch (node.type) {
    case 'ExportDeclaration':
      return declared(node.declaration)
    case 'ImportDeclaration':
      return node.specifiers.map(({ local }) => local.value)
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => boundBy(id))
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return [node.identifier.value]
    default:
      return []
  }
}

/**
 * Parses one file. `each(visit)` calls `visit(node, { parent, key, inType, names })` for every node from the outside in:
 * `names` are those that the file, or a function around the node, binds itself, hiding globals of the same name.
 * `lineOf` says where a node stands. Throws where the file is not TypeScript.
 */
const parseFile = (path) => {
  // Positions count bytes from an arbitrary base; the semicolon put in front makes that base known.
  const source = readFileSync(path, 'utf8').replace(/^#!/, '//')
  const tree = parseSync(`;${source}`, {
    syntax: 'typescript',
    tsx: path.endsWith('x'),
    target: 'es2022',
    isModule: 'unknown',
  })
  const bytes = Buffer.from(source)
  return {
    each: (visit) => walk(tree.body, visit, { inType: false, names: tree.body.flatMap(declared) }),
    lineOf: (node) => lineOf(bytes, node.span.start - tree.span.start - 1),
  }
}

module.exports = { parseFile }
