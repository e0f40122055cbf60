import type { Reach } from '@novation/risk'
import { walksFind } from './kit/walks'

jest.mock('@novation/risk', () => {
  const real = jest.requireActual('@novation/risk')
  const widened = { bands: 1, wears: 1 }
  const times = (all: ReadonlyMap<string, number>, by: number) => new Map([...all].map(([key, x]) => [key, x * by]))
  return {
    ...real,
    widened,
    reachOf: (...of: readonly unknown[]): Reach => {
      const reach: Reach = real.reachOf(...of)
      return { ...reach, bands: times(reach.bands, widened.bands), wears: times(reach.wears, widened.wears) }
    },
  }
})

const found = (walks: () => void): string => {
  try {
    walks()
    return 'nothing'
  } catch (error) {
    return error instanceof Error ? String(error.cause) : ''
  }
}

describe('the walks find whom judging would let pass', () => {
  it.each([
    ['bands three times as wide', { bands: 3, wears: 1 }],
    ['twenty times the wear', { bands: 1, wears: 20 }],
  ])('with %s', (_, by) => {
    Object.assign(jest.requireMock('@novation/risk').widened, by)
    expect(found(() => walksFind(60, true))).toContain('must do')
  })
})
