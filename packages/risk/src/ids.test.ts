import { byId } from './ids'

describe('the order of ids', () => {
  it('is that of their bytes: capitals before small letters, a prefix before what goes on', () => {
    const sorted = ['A', 'B', 'Z', 'a', 'a-1', 'a1', 'b']
    const given = ['b', 'a1', 'Z', 'A', 'a-1', 'a', 'B'].map((id) => ({ id }))
    expect(given.sort(byId).map(({ id }) => id)).toEqual(sorted)
  })

  it('has nothing before itself', () => {
    expect(byId({ id: 'a' }, { id: 'a' })).toBe(0)
    expect(byId({ id: 'a' }, { id: 'b' })).toBe(-1)
    expect(byId({ id: 'b' }, { id: 'a' })).toBe(1)
  })
})
