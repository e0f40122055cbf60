import { add, type Decimal, decimal, format } from '.'

/** Never run: it is here for the compiler, which fails the build where one of these lines compiles. */
export const refused = (a: Decimal, b: Decimal, amounts: Record<string, string>): unknown[] => [
  // @ts-expect-error
  a < b,
  // @ts-expect-error
  a > b,
  // @ts-expect-error
  a <= b,
  // @ts-expect-error
  a >= 1,
  // @ts-expect-error
  a + b,
  // @ts-expect-error
  a - b,
  // @ts-expect-error
  a * b,
  // @ts-expect-error
  a / b,
  // @ts-expect-error
  -a,
  // @ts-expect-error
  `${a}`,
  // @ts-expect-error
  a === '1',
  // @ts-expect-error
  amounts[a],
  // @ts-expect-error
  add(a, 1),
  // @ts-expect-error
  add(a, Symbol('1')),
]

describe('Decimal', () => {
  it('throws where an operator is forced past the compiler', () => {
    const a = decimal('2') as unknown as number
    const b = decimal('10') as unknown as number
    expect(() => a > b).toThrow()
    expect(() => a + b).toThrow()
  })

  it('is not changed by what is computed from it', () => {
    const a = decimal('-1.5')
    add(a, decimal('1.5'))
    expect(format(a)).toBe('-1.5')
  })
})
