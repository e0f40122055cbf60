import { decimal, format } from '@novation/decimal'
import { extend, extendByZeros, noSeries, percentCeil, percentFloor, told } from './series'

const d = (text: string) => decimal(text)

describe('a figure over time', () => {
  it('is told by its average, rounded down, and its peak; what saw nothing counts, too', () => {
    const seen = ['1', '5', '2'].map(d).reduce(extend, noSeries)
    expect(told(seen, 2)).toEqual({ average: '2.66', peak: '5' })
    expect(told(extendByZeros(seen, 1), 2)).toEqual({ average: '2', peak: '5' })
    expect(told(noSeries, 2)).toBeUndefined()
  })
})

describe('a part in percent', () => {
  it('is rounded to two places, down or up', () =>
    expect([format(percentFloor(d('1'), d('3'))), format(percentCeil(d('1'), d('3')))]).toEqual(['33.33', '33.34']))

  it('is none of nothing', () => expect(format(percentFloor(d('5'), d('0')))).toBe('0'))
})
