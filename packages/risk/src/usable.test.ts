import { decimal } from '@novation/decimal'
import { isUsable, type Lasting, never, usableUntil } from '.'

const items = (...of: readonly (readonly [required: string, until: number])[]): readonly Lasting[] =>
  of.map(([required, until]) => ({ required: decimal(required), value: decimal('1'), until }))

describe('time', () => {
  it('counts while half of what is required can be dealt in', () => {
    expect(isUsable(items(['1', 5], ['1', never]))).toBe(true)
    expect(isUsable(items(['1', 5], ['1.01', never]))).toBe(false)
    expect(isUsable(items(['1', 5]))).toBe(true)
  })

  it('does not count where nothing can be dealt in, or there is nothing', () => {
    expect(isUsable(items(['1', never]))).toBe(false)
    expect(isUsable([])).toBe(false)
  })

  it('counts by value where nothing is required', () => {
    expect(isUsable(items(['0', 5], ['0', never]))).toBe(true)
    expect(isUsable(items(['0', 5], ['0', never], ['0', never]))).toBe(false)
  })

  it('goes on to count until so much has gone that the rest is less than half', () => {
    expect(usableUntil(items(['3', 30], ['1', 10], ['1', 20]))).toBe(30)
    expect(usableUntil(items(['3', 10], ['1', 30], ['1', 20]))).toBe(10)
    expect(usableUntil(items(['2', 10], ['1', 30], ['1', 20]))).toBe(20)
  })

  it('goes on at least until the first of it goes, however little the rest has come to be', () => {
    expect(usableUntil(items(['1', 10], ['5', never]))).toBe(10)
    expect(usableUntil(items(['5', never]))).toBe(never)
  })
})
