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

const walk = (node, visit, parent, key, inType) => {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit, parent, key, inType)
    return
  }
  if (node === null || typeof node !== 'object') return
  const typed = isTypeOnly(key, node, inType)
  if (typeof node.type === 'string') visit(node, parent, key, typed)
  const owner = typeof node.type === 'string' ? node : parent
  for (const [name, child] of Object.entries(node)) if (name !== 'span') walk(child, visit, owner, name, typed)
}

const lineOf = (source, byte) => source.subarray(0, byte).toString().split('\n').length

const declared = (node) => {
  switch (node.type) {
    case 'ExportDeclaration':
      return declared(node.declaration)
    case 'ImportDeclaration':
      return node.specifiers.map(({ local }) => local.value)
    case 'VariableDeclaration':
      return node.declarations.map(({ id }) => id.value)
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return [node.identifier.value]
    default:
      return []
  }
}

/**
 * Parses one file. `each(visit)` calls `visit(node, parent, key, inType)` for every node from the outside in, `lineOf`
 * says where a node stands, and `names` are those that the file itself declares or imports, hiding globals of the same
 * name. Throws where the file is not TypeScript.
 */
const parseFile = (path) => {
  // Positions count bytes from an arbitrary base; the semicolon put in front makes that base known.
  const source = readFileSync(path, 'utf8').replace(/^#!/, '//')
  const tree = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022', isModule: 'unknown' })
  const bytes = Buffer.from(source)
  return {
    each: (visit) => walk(tree.body, visit, undefined, undefined, false),
    lineOf: (node) => lineOf(bytes, node.span.start - tree.span.start - 1),
    names: new Set(tree.body.flatMap(declared)),
  }
}

module.exports = { parseFile }
