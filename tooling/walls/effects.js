const rooms = require('./rooms')

const clocks = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'crypto',
  'Temporal',
  'Performance',
])
const allOfThem = new Set(['globalThis', 'global', 'eval'])
const world = new Set(['process', 'console', 'fetch', 'WebSocket', 'navigator', 'localStorage'])

const members = {
  Date: (name) => name === 'parse' || name === 'UTC',
  Math: (name) => name !== 'random',
  process: (name) => name !== 'hrtime' && name !== 'uptime',
  AbortSignal: (name) => name !== 'timeout',
}

/** An identifier that only names a property (`clock.setTimeout`, `{ performance: 1 }`) stands for no global. */
const namesProperty = (parent, key) =>
  key === 'property' ||
  key === 'label' ||
  (key === 'key' && parent.type !== 'AssignmentPatternProperty') ||
  ['ImportSpecifier', 'ExportSpecifier', 'ImportDefaultSpecifier', 'ImportNamespaceSpecifier'].includes(parent.type)

const isHarmless = (name, parent, key) => {
  if (parent.type === 'MemberExpression' && key === 'object' && parent.property.type === 'Identifier') {
    return members[name](parent.property.value)
  }
  if (parent.type === 'BinaryExpression' && parent.operator === 'instanceof') return true
  return name === 'Date' && parent.type === 'NewExpression' && key === 'callee' && (parent.arguments ?? []).length > 0
}

/**
 * Why a global name must not be used in this place, or undefined where it may: `Date.parse(text)` and `new Date(ms)` are
 * functions of what they are given, `Date.now()` and `new Date()` are not; any other use of `Date` could hide one.
 */
const whyNotUse = (file, node, { parent, key, inType, names }) => {
  if (node.type !== 'Identifier' || inType || parent === undefined || namesProperty(parent, key)) return undefined
  if (names.includes(node.value)) return undefined
  if (rooms.isTestFile(file) || rooms.isOutside(file)) return undefined
  const name = node.value
  const isClock = clocks.has(name) || allOfThem.has(name) || (name in members && !isHarmless(name, parent, key))
  if (isClock) return `no clock, timer or randomness outside ${rooms.platform} (${name}): it is passed in`
  return rooms.isPure(file) && world.has(name)
    ? `nothing of the world outside here (${name}): it is passed in`
    : undefined
}

module.exports = { whyNotUse }
