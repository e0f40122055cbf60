import { atMost, decimal, format, integer, sum } from '@novation/decimal'
import fc from 'fast-check'
import { depthOf, mostLiars } from './depth'

describe('how many may lie', () => {
  it.each([
    [[1, 1, 1, 1, 1], 4, 1],
    [[3, 1, 1, 2, 2], 7, 2],
    [[1, 1, 1, 1, 1, 1, 1], 5, 2],
    [[2, 2, 1, 1, 1, 1, 1], 7, 3],
    [[4, 4, 4], 7, 0],
    [[1, 1], 9, 2],
  ])('of %j with a quorum of %i: %i', (weights, quorum, most) => expect(mostLiars(weights, quorum)).toBe(most))
})

describe('depth', () => {
  const five = (...more: string[]) => ['300000', '250000', '200000', '150000', ...more].map(decimal)
  it.each([
    ['is what all say without the largest', five('220000'), 1, '820000'],
    ['does not count a wall of twenty million at one of them (POPCAT, 2025)', five('20000000'), 1, '900000'],
    ['is of those who say something', five().slice(0, 3), 1, '450000'],
    ['leaves out two where two may lie', ['10', '9', '8', '7', '6'].map(decimal), 2, '21'],
    ['is nothing where all who speak may lie', ['10', '9'].map(decimal), 2, '0'],
  ])('%s', (_, quantities, most, depth) => expect(format(depthOf(quantities, most))).toBe(depth))

  it('is never above the honest sum', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { maxLength: 9 }),
        fc.array(fc.nat(100_000), { maxLength: 3 }),
        (honest, lies) => {
          const depth = depthOf([...honest, ...lies].map(integer), lies.length)
          expect(atMost(depth, sum(honest.map(integer)))).toBe(true)
        },
      ),
    ))
})
