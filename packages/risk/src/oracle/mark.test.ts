import { decimal, format } from '@novation/decimal'
import { basisAfter, markOf } from './mark'

const terms = { markBand: decimal('0.005'), basis_ms: 60_000, places: 2 }
const after = (basis: string, index: string, mid: string | undefined, dt: number): string =>
  format(
    basisAfter(decimal(basis), { index: decimal(index), mid: mid === undefined ? undefined : decimal(mid), dt }, terms),
  )

describe('the basis of a mark', () => {
  it('goes half of the way in its time', () => expect(after('0', '20000', '20040', 60_000)).toBe('20'))
  it('goes toward nothing where the venue says no price', () =>
    expect(after('20', '20000', undefined, 60_000)).toBe('10'))
  it('believes the venue no further than the band', () => {
    expect(after('0', '20000', '30000', 60_000)).toBe('50')
    expect(after('0', '20000', '1', 60_000)).toBe('-50')
  })
  it('stands where no time has passed', () => expect(after('7', '20000', '20040', 0)).toBe('7'))
  it('is rounded half to even, six places behind the index', () =>
    expect(after('0', '20000', '20000.01', 1)).toBe('0.00000017'))
})

describe('the mark', () => {
  const mark = (price: string, basis: string): string =>
    format(markOf(decimal(price), decimal(basis), { index: decimal('20000'), markBand: decimal('0.005') }))

  it('is the price and the basis', () => expect(mark('20000', '12.5')).toBe('20012.5'))
  it('is never further from it than the band of the index, whatever was the basis before', () => {
    expect(mark('20000', '150')).toBe('20100')
    expect(mark('19500', '-150')).toBe('19400')
  })
})
