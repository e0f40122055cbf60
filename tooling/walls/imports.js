/** Names that an import takes from a module; `*` where it takes the whole of it. */
const namesOf = (node) =>
  (node.specifiers ?? []).map((specifier) => {
    if (specifier.type === 'ImportSpecifier') return (specifier.imported ?? specifier.local).value
    if (specifier.type === 'ExportSpecifier') return specifier.orig.value
    return '*'
  })

const literal = (node) => {
  if (node?.type === 'StringLiteral') return node.value
  if (node?.type === 'TemplateLiteral' && node.quasis.length === 1) return node.quasis[0].cooked
  return undefined
}

const isRequire = ({ callee }) =>
  (callee.type === 'Identifier' && callee.value === 'require') ||
  (callee.type === 'MemberExpression' && callee.object.value === 'require' && callee.property.value === 'resolve')

/**
 * What a node brings in from another module, in whichever of the language's ways: `from` is undefined where only the
 * running program knows. Undefined for a node that imports nothing.
 */
const importOf = (node) => {
  switch (node.type) {
    case 'ImportDeclaration':
      return { from: node.source.value, names: namesOf(node) }
    case 'ExportNamedDeclaration':
      return node.source ? { from: node.source.value, names: namesOf(node) } : undefined
    case 'ExportAllDeclaration':
      return { from: node.source.value, names: ['*'] }
    case 'TsImportType':
      return { from: literal(node.argument), names: [] }
    case 'TsExternalModuleReference':
      return { from: literal(node.expression), names: ['*'] }
    case 'CallExpression':
      return node.callee.type === 'Import' || isRequire(node)
        ? { from: literal(node.arguments[0]?.expression), names: ['*'] }
        : undefined
    default:
      return undefined
  }
}

module.exports = { importOf }
