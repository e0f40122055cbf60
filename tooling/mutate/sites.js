const { parseSync } = require('@swc/core')
const { edits, replace } = require('./edits')

const skippedNodes = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'TsInterfaceDeclaration',
  'TsTypeAliasDeclaration',
])
const skippedKeys = new Set([
  'span',
  'key',
  'left of AssignmentExpression',
  'left of ForOfStatement',
  'left of ForInStatement',
  'argument of UpdateExpression',
  'typeAnnotation',
  'returnType',
  'typeParams',
  'typeParameters',
  'typeArguments',
  'superTypeParams',
  'implements',
])
const removable = new Set(['BreakStatement', 'ContinueStatement', 'ReturnStatement', 'ThrowStatement'])
const testOf = new Set(['IfStatement', 'ConditionalExpression', 'WhileStatement', 'DoWhileStatement', 'ForStatement'])

/** Characters by bytes, for the parser counts bytes from an arbitrary base. */
const characters = (source) => {
  const map = []
  let index = 0
  for (const character of source) {
    for (let i = 0; i < Buffer.byteLength(character); i += 1) map.push(index)
    index += character.length
  }
  map.push(index)
  return map
}

const reader = (source, base) => {
  const map = characters(source)
  const of = ({ span }) => ({ start: map[span.start - base], end: map[span.end - base] })
  const text = (from, to) => source.slice(from, to)
  const textOf = (node) => text(of(node).start, of(node).end)
  return { of, text, textOf }
}

/** The names under which a file knows the functions of decimals, and how to call one that it does not import. */
const decimalOf = (tree, { isOf, path }) => {
  const imports = tree.body.filter(({ type, source }) => type === 'ImportDeclaration' && isOf(source.value))
  const names = imports.flatMap(({ specifiers }) =>
    specifiers.map(({ local, imported }) => [local.value, imported?.value ?? local.value]),
  )
  return { names: new Map(names), call: (name) => `require('${path}').${name}` }
}

/** `a?.b.c` ends where `a` is nothing; in parentheses it would not. */
const isOptional = (node) =>
  node?.type === 'OptionalChainingExpression' || (node && isOptional(node.object ?? node.callee))

const mayStandAlone = (node, parent, key) => {
  if (key === 'callee') return parent.type === 'CallExpression' && node.type === 'CallExpression' && !isOptional(node)
  if (key === 'object') return !isOptional(node)
  return !['base', 'tag', 'superClass', 'expression of directive'].includes(key) && parent?.operator !== 'delete'
}

const isSuper = ({ expression }) => expression.type === 'CallExpression' && expression.callee.type === 'Super'

const statement = (node, at) => {
  const isRemovable =
    removable.has(node.type) ||
    (node.type === 'ExpressionStatement' && node.expression.type !== 'StringLiteral' && !isSuper(node))
  return isRemovable
    ? [{ kind: 'statement', ...at.of(node), edits: [replace('statement removed', at.of(node), '')] }]
    : []
}

/** A function that gives up at once. */
const early = (node, at) => {
  if (node.type === 'ArrowFunctionExpression' && !Array.isArray(node.body.stmts)) {
    const isPlain = node.body.type !== 'ArrowFunctionExpression' && node.body.value !== 'undefined'
    const edit = replace('nothing returned', at.of(node.body), 'undefined')
    return isPlain ? [{ kind: 'expression', ...at.of(node.body), edits: [edit] }] : []
  }
  if (!(node.body?.stmts?.length > 1) || node.type === 'Constructor') return []
  const start = at.of(node.body).start + 1
  return [{ kind: 'insertion', start, end: start, edits: [replace('early return', { start, end: start }, ' return ')] }]
}

const decided = (node, at) => {
  if (!testOf.has(node.type) || !node.test) return []
  const range = at.of(node.test)
  const values = /^(If|Cond)/.test(node.type) ? ['true', 'false'] : ['false']
  const told = values.filter((value) => value !== at.text(range.start, range.end))
  return [{ kind: 'expression', ...range, edits: told.map((value) => replace('condition', range, value)) }]
}

const looped = (node, at) =>
  node.type === 'ForOfStatement'
    ? [{ kind: 'expression', ...at.of(node.right), edits: [replace('loop skipped', at.of(node.right), '[]')] }]
    : []

/** Every place of the tree with what may be wrong there. */
const collect = (tree, at, decimal) => {
  const found = []
  const visit = (node, parent, key) => {
    if (Array.isArray(node)) for (const item of node) visit(item, parent, key)
    if (Array.isArray(node) || node === null || typeof node !== 'object') return
    if (skippedNodes.has(node.type)) return
    if (typeof node.type === 'string' && node.span) {
      found.push(...statement(node, at), ...early(node, at), ...decided(node, at), ...looped(node, at))
      const isTest = testOf.has(parent?.type) && key === 'test'
      const own = mayStandAlone(node, parent, key) ? (edits[node.type]?.(node, at, { isTest, decimal }) ?? []) : []
      if (own.length > 0) found.push({ kind: 'expression', ...at.of(node), edits: own })
    }
    const above = typeof node.type === 'string' ? node : parent
    for (const [name, child] of Object.entries(node)) {
      if (skippedKeys.has(name) || skippedKeys.has(`${name} of ${node.type}`)) continue
      const isDirective = node.type === 'ExpressionStatement' && child?.type === 'StringLiteral'
      visit(child, above, typeof node.type !== 'string' ? key : isDirective ? 'expression of directive' : name)
    }
  }
  visit(tree.body, undefined, 'body')
  return found
}

/** Places with the same span and kind are one; a statement goes around the expression that it consists of. */
const merged = (found) => {
  const byPlace = new Map()
  for (const { kind, start, end, edits: own } of found) {
    const key = `${kind} ${start} ${end}`
    const site = byPlace.get(key) ?? { kind, start, end, edits: [] }
    byPlace.set(key, { ...site, edits: [...site.edits, ...own] })
  }
  const order = { insertion: 0, statement: 1, expression: 2 }
  return [...byPlace.values()].sort((a, b) => a.start - b.start || b.end - a.end || order[a.kind] - order[b.kind])
}

/**
 * The places of a file where a fault can be put, from the outside in, each with its edits. `decimal` says which imports
 * are of decimals (`isOf`) and from where the file can require them all (`path`). Throws where it is not TypeScript.
 */
const sitesOf = (source, decimal) => {
  const tree = parseSync(`;${source}`, { syntax: 'typescript', target: 'es2022' })
  const at = reader(source, tree.span.start + 1)
  return merged(collect(tree, at, decimalOf(tree, decimal)))
}

module.exports = { sitesOf }
