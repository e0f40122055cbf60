const rooms = require('./rooms')

/** What IEEE 754 and ECMAScript leave one answer, or what every engine rounds correctly (`sqrt`: the kernel's digest watches it). */
const exact = ['abs', 'ceil', 'floor', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc']
const ofKernel = ['floor', 'sqrt']

const isPower = (node) =>
  (node.type === 'BinaryExpression' && node.operator === '**') ||
  (node.type === 'AssignmentExpression' && node.operator === '**=')

/**
 * Why an expression may come out differently on another engine, or undefined where it may not: `Math.exp`, `log`, `pow`,
 * `sin` and `**` are rounded as each engine likes.
 */
const whyNotPortable = (file, node, { parent, key, inType, names }) => {
  if (inType || rooms.roomOf(file) !== rooms.portableRoom || rooms.isTestFile(file)) return undefined
  if (isPower(node)) return 'engines may round ** differently: take pow of the kernel'
  if (node.type !== 'Identifier' || node.value !== 'Math' || names.includes('Math')) return undefined
  // Math by itself, or what it has by a name that is computed, could hide dice, and is refused as such.
  if (parent?.type !== 'MemberExpression' || key !== 'object' || parent.property.type !== 'Identifier') return undefined
  const name = parent.property.value
  const allowed = file.startsWith(rooms.kernel) ? ofKernel : exact
  if (allowed.includes(name)) return undefined
  return `engines may round Math.${name} differently: here only ${allowed.map((one) => `Math.${one}`).join(', ')}`
}

module.exports = { whyNotPortable }
