const { assignments, decimals, forgotten, operators, twins } = require('./operators')

/**
 * An edit is one small fault at one place: what it is of, where it starts and ends, what stands there instead, and
 * `code` where what runs must name a function that the file does not import. Each function below answers the edits of
 * one kind of node; `at` reads the source: `at.of(node)` its place, `at.text(from, to)` the text between two.
 */
const replace = (operator, { start, end }, text, code = text) => ({ operator, start, end, text, code })

const between = (at, left, right, token) => {
  const [from, to] = [at.of(left).end, at.of(right).start]
  const start = from + at.text(from, to).indexOf(token)
  return { start, end: start + token.length }
}

const isText = (node) => node.type === 'StringLiteral' || node.type === 'TemplateLiteral'

const BinaryExpression = (node, at, { isTest }) => {
  const { left, right, operator } = node
  if (operator === '??') {
    const [a, b] = [at.of(left), at.of(right)]
    return [
      replace('default forgotten', { start: a.end, end: b.end }, ''),
      replace('default always', { start: a.start, end: b.start }, ''),
    ]
  }
  if (operator === '+' && (isText(left) || isText(right))) return []
  const others = operators[operator] ?? []
  // Where the whole comparison decides, it is also tried as always true and always false, which says more.
  const told = isTest && others.length > 1 ? others.slice(0, 1) : others
  return told.map((other) => replace('operator', between(at, left, right, operator), other))
}

const UnaryExpression = (node, at) =>
  node.operator === '!' || node.operator === '-'
    ? [replace('sign or negation dropped', { start: at.of(node).start, end: at.of(node.argument).start }, '')]
    : []

const UpdateExpression = (node, at) => {
  const { start, end } = at.of(node)
  const other = node.operator === '++' ? '--' : '++'
  return [replace('operator', node.prefix ? { start, end: start + 2 } : { start: end - 2, end }, other)]
}

const AssignmentExpression = (node, at) => {
  const other = assignments[node.operator]
  return other ? [replace('operator', between(at, node.left, node.right, node.operator), other)] : []
}

const BooleanLiteral = (node, at) => [replace('boolean', at.of(node), String(!node.value))]

const NumericLiteral = (node, at) => [replace('off by one', at.of(node), String(node.value + 1))]

const BigIntLiteral = (node, at) => {
  const { start, end } = at.of(node)
  return [replace('off by one', { start, end }, `${BigInt(at.text(start, end).replace(/[n_]/g, '')) + 1n}n`)]
}

/** Codes, names and numbers as text; sentences for people are left alone. */
const StringLiteral = (node, at) => {
  if (/\s/.test(node.value)) return []
  const { end } = at.of(node)
  if (!/^-?\d+(\.\d+)?$/.test(node.value)) return [replace('code', { start: end - 1, end: end - 1 }, '~')]
  const last = Number(node.value.at(-1))
  return [replace('off by one', { start: end - 2, end: end - 1 }, String(last === 9 ? 8 : last + 1))]
}

/** Keys put together from parts. */
const TemplateLiteral = (node, at) =>
  node.quasis.some(({ raw }) => /\s/.test(raw)) ? [] : [replace('key', at.of(node), "''")]

const AwaitExpression = (node, at) => [
  replace('await dropped', { start: at.of(node).start, end: at.of(node.argument).start }, ''),
]

const OptionalChainingExpression = (node, at) => {
  if (!node.optional) return []
  const start = at.of(node.base.object ?? node.base.callee).end
  const found = at.text(start, at.of(node).end).indexOf('?.')
  const isName = node.base.property !== undefined && node.base.property.type !== 'Computed'
  return [replace('?. dropped', { start: start + found, end: start + found + 2 }, isName ? '.' : '')]
}

/** Each member of a list left out, with the comma that goes with it. */
const without = (operator, places, list, at) =>
  places.map((place, i) => {
    const [before, after] = [places[i - 1], places[i + 1]]
    if (after) return replace(operator, { start: place.start, end: after.start }, '')
    if (before) return replace(operator, { start: before.end, end: place.end }, '')
    const comma = /^\s*,/.exec(at.text(place.end, at.of(list).end))?.[0].length ?? 0
    return replace(operator, { start: place.start, end: place.end + comma }, '')
  })

const ArrayExpression = (node, at) =>
  node.elements.some((element) => element === null || element === undefined)
    ? []
    : without(
        'element dropped',
        node.elements.map(({ spread, expression }) => ({
          start: spread ? at.of({ span: spread }).start : at.of(expression).start,
          end: at.of(expression).end,
        })),
        node,
        at,
      )

const fieldPlace = (field, at) => {
  if (field.type === 'KeyValueProperty') return { start: at.of(field.key).start, end: at.of(field.value).end }
  if (field.type === 'SpreadElement')
    return { start: at.of({ span: field.spread }).start, end: at.of(field.arguments).end }
  return at.of(field)
}

const ObjectExpression = (node, at) =>
  without(
    'field dropped',
    node.properties.map((field) => fieldPlace(field, at)),
    node,
    at,
  )

const argumentsOf = (node, at) => {
  const { arguments: list } = node
  const place = ({ spread, expression }) => (spread ? at.of({ span: spread }) : at.of(expression))
  return list.length === 0 ? '' : at.text(place(list[0]).start, at.of(list.at(-1).expression).end)
}

const decimalCall = (node, at, { decimal }) =>
  decimals[decimal.names.get(node.callee.value)].map((other) => {
    if (other === '1') return replace('decimal', at.of(node), at.textOf(node.arguments[0].expression))
    const [, before, name] = /^([!-]?(?:negate\()?)(\w+)/.exec(other)
    const called = (by) =>
      other.includes('$')
        ? other.replace(name, by(name)).replace('negate', by('negate')).replace('$', argumentsOf(node, at))
        : `${before}${by(name)}(${argumentsOf(node, at)})`
    return replace('decimal', at.of(node), called(String), called(decimal.call))
  })

const CallExpression = (node, at, context) => {
  const { callee, arguments: given } = node
  if (callee.type === 'Identifier') {
    const known = given.length > 0 && decimals[context.decimal.names.get(callee.value)] !== undefined
    return known ? decimalCall(node, at, context) : []
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return []
  const name = callee.property.value
  const isMaths = callee.object.value === 'Math'
  if (forgotten.has(name)) {
    return [replace(`${name} forgotten`, { start: at.of(callee.object).end, end: at.of(node).end }, '')]
  }
  const twin = Object.hasOwn(twins, name) && (isMaths || !/^(min|max|floor|ceil|round)$/.test(name))
  return twin ? [replace('twin', at.of(callee.property), twins[name])] : []
}

const NewExpression = (node, at) => {
  const given = node.arguments ?? []
  if (!/^(Map|Set)$/.test(node.callee.value) || given.length === 0) return []
  const { end } = at.of(node)
  return [replace('contents forgotten', { start: at.of(given[0].expression).start, end: end - 1 }, '')]
}

/** The edits of one expression, by its kind. */
const edits = {
  ArrayExpression,
  AssignmentExpression,
  AwaitExpression,
  BigIntLiteral,
  BinaryExpression,
  BooleanLiteral,
  CallExpression,
  NewExpression,
  NumericLiteral,
  ObjectExpression,
  OptionalChainingExpression,
  StringLiteral,
  TemplateLiteral,
  UnaryExpression,
  UpdateExpression,
}

module.exports = { edits, replace }
