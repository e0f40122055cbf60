/** What each operator of the language may be mistaken for: the boundary first, then the opposite. */
const operators = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&&': ['||'],
  '||': ['&&'],
}

const assignments = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=', '|=': '&=', '&=': '|=', '??=': '=', '||=': '=' }

/**
 * What each function of exact decimals may be mistaken for. `$` is the call's arguments, `1` its first argument; a name
 * alone is called in its place. They stand for the operators that a `Decimal` cannot have.
 */
const decimals = {
  add: ['subtract'],
  subtract: ['add'],
  multiply: ['add', '1'],
  negate: ['1'],
  abs: ['1'],
  sum: ['negate(sum($))'],
  min: ['max'],
  max: ['min'],
  equals: ['!equals($)'],
  lessThan: ['atMost', 'atLeast'],
  atMost: ['lessThan', 'greaterThan'],
  greaterThan: ['atLeast', 'atMost'],
  atLeast: ['greaterThan', 'lessThan'],
  isPositive: ['!isNegative($)', '!isPositive($)'],
  isNegative: ['!isPositive($)', '!isNegative($)'],
  isZero: ['!isZero($)'],
  compare: ['-compare($)'],
  floor: ['ceil'],
  ceil: ['floor'],
  divideFloor: ['divideCeil'],
  divideCeil: ['divideFloor'],
  addRatios: ['subtractRatios'],
  subtractRatios: ['addRatios'],
  multiplyRatios: ['divideRatios', '1'],
  divideRatios: ['multiplyRatios'],
  minRatio: ['1'],
  floorRatio: ['ceilRatio'],
  ceilRatio: ['floorRatio'],
  compareRatios: ['-compareRatios($)'],
  scale: ['1'],
}

/** Methods with a twin that reads almost the same. */
const twins = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  find: 'findLast',
  findLast: 'find',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  round: 'floor',
}

/** Methods that may be forgotten: what they are called on stands in their place. */
const forgotten = new Set(['filter', 'slice', 'concat', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim'])

module.exports = { assignments, decimals, forgotten, operators, twins }
