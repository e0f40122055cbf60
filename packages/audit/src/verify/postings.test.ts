import { imbalanceOf } from './postings'

const lacking = (...moves: readonly (readonly [asset: string, amount: string])[]) =>
  imbalanceOf(moves.map(([asset, amount]) => ({ account: 'custody', asset, amount })))

describe('what postings lack to zero', () => {
  it('is nothing where each asset sums to it', () => {
    expect(lacking()).toBeUndefined()
    expect(lacking(['USD', '-5'], ['USD', '5'])).toBeUndefined()
    expect(lacking(['USD', '5'], ['USD', '-5'])).toBeUndefined()
    expect(lacking(['USD', '5.0'], ['USD', '-5'])).toBeUndefined()
    expect(lacking(['USD', '5'], ['EUR', '1'], ['USD', '-5'], ['EUR', '-1'])).toBeUndefined()
    expect(lacking(['USD', '5'], ['USD', '-3'], ['USD', '-2'])).toBeUndefined()
  })

  it('is told for each asset that does not', () => {
    expect(lacking(['USD', '5'])).toBe('5 USD')
    expect(lacking(['USD', '5'], ['USD', '5'])).toBe('10 USD')
    expect(lacking(['USD', '-5'], ['USD', '-5'])).toBe('-10 USD')
    expect(lacking(['USD', '5'], ['USD', '-4.99'])).toBe('0.01 USD')
    expect(lacking(['EUR', '-5'], ['USD', '5'])).toBe('-5 EUR, 5 USD')
    expect(lacking(['USD', '5'], ['USD', '-5'], ['USD', '1'])).toBe('1 USD')
    expect(lacking(['USD', '5'], ['EUR', '1'], ['USD', '-5'])).toBe('1 EUR')
  })
})
