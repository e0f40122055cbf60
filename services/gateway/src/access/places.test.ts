import { grantTo, grantToPublic } from './grant'
import { keepPlaces } from './places'

const bob = grantTo('t', 'trader:bob', 'trader', undefined)
const here = (): AbortSignal => new AbortController().signal

describe('places', () => {
  const taking = () => {
    const places = keepPlaces()
    return (grant = bob, left = here()) => {
      const place = places.take(grant, left)
      return place._tag === 'Right' ? place.right : undefined
    }
  }

  it('are ten for one token, and each is there again once it was given back, however often that is said', () => {
    const take = taking()
    const taken = Array.from({ length: 10 }, () => take())
    expect(taken.every((place) => place !== undefined)).toBe(true)
    expect(take()).toBeUndefined()
    for (let i = 0; i < 3; i += 1) taken[0]?.()
    expect([take(), take()].map((place) => place !== undefined)).toEqual([true, false])
    expect(take(grantToPublic('10.0.0.1'))).toBeDefined()
  })

  it('are given back where who asked has left, also where that was before', () => {
    const take = taking()
    for (let i = 0; i < 20; i += 1) expect(take(bob, AbortSignal.abort())).toBeDefined()
    const leaving = new AbortController()
    for (let i = 0; i < 10; i += 1) expect(take(bob, leaving.signal)).toBeDefined()
    expect(take()).toBeUndefined()
    leaving.abort()
    expect(take()).toBeDefined()
  })
})
