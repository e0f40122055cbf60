import {
  add,
  ceil,
  compare,
  decimal,
  divideFloor,
  equals,
  floor,
  format,
  multiply,
  negate,
  places,
  subtract,
  sum,
} from '.'

const written = (text: string) => format(decimal(text))

describe('the rim of what a number holds', () => {
  it.each(['9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993', '90071992547409.93'])(
    'keeps every digit of %s',
    (text) => {
      expect(written(text)).toBe(text)
      expect(format(negate(negate(decimal(text))))).toBe(text)
    },
  )

  it('crosses it and comes back to the same value', () => {
    const most = decimal('9007199254740991')
    const beyond = add(most, decimal('2'))
    expect(format(beyond)).toBe('9007199254740993')
    expect(equals(subtract(beyond, decimal('2')), most)).toBe(true)
    expect(compare(beyond, decimal('9007199254740993'))).toBe(0)
    expect(compare(beyond, decimal('9007199254740992.9999'))).toBe(1)
  })

  it('adds what two numbers of like size hold only together', () => {
    expect(format(add(decimal('9007199254740991'), decimal('0.1')))).toBe('9007199254740991.1')
    expect(format(subtract(decimal('9007199254740.993'), decimal('9007199254741')))).toBe('-0.007')
  })

  it('multiplies 18 and 18 digits', () =>
    expect(format(multiply(decimal('999999999999999999.999999999999999999'), decimal('-0.000000000000000001')))).toBe(
      '-0.999999999999999999999999999999999999',
    ))
})

describe('the one form of a value', () => {
  it('gives up places that a sum no longer uses', () => {
    expect(places(sum(['0.125', '0.375', '0.5'].map(decimal)))).toBe(0)
    expect(places(multiply(decimal('0.5'), decimal('0.2')))).toBe(1)
    expect(places(multiply(decimal('123456789012345.5'), decimal('2000000000000')))).toBe(0)
  })

  it('knows no negative zero', () => {
    for (const zero of ['-0', '-0.000', '0.0'].map(decimal).concat(multiply(decimal('-5'), decimal('0')))) {
      expect(zero).toEqual(decimal('0'))
      expect(format(negate(zero))).toBe('0')
    }
    expect(ceil(decimal('-0.5'), 0)).toEqual(decimal('0'))
  })

  it('rounds a negative half down and up by name', () => {
    expect([floor(decimal('-0.5'), 0), ceil(decimal('-0.5'), 0), ceil(decimal('-1.5'), 0)].map(format)).toEqual([
      '-1',
      '0',
      '-1',
    ])
    expect(format(divideFloor(decimal('-1'), decimal('2'), 0))).toBe('-1')
  })
})
