import { nameOf, roleOf, roles, serviceRoles } from './actors'
import { commandData } from './commands'
import { Actor } from './text'

describe('who may send what', () => {
  it('lets somebody send every command', () =>
    expect([...new Set(Object.values(roles).flat())].sort()).toEqual(Object.keys(commandData).sort()))

  it('gives the commands of a service to that service alone', () => {
    for (const role of serviceRoles) {
      const others = Object.entries(roles).flatMap(([name, may]) => (name === role ? [] : may))
      expect(others.filter((type) => roles[role]?.includes(type))).toEqual([])
    }
  })

  it('lets the operator do all that venue and oracle may', () =>
    expect(roles.operator).toEqual(expect.arrayContaining([...(roles.venue ?? []), ...(roles.oracle ?? [])])))

  it('knows no role by inheritance', () => {
    expect(Actor.is('constructor')).toBe(true)
    expect(roles[roleOf('constructor')]).toBeUndefined()
  })

  it('reads the name behind the role', () => {
    expect([roleOf('keeper:backstop'), nameOf('keeper:backstop')]).toEqual(['keeper', 'backstop'])
    expect([roleOf('keeper:a:b'), nameOf('keeper:a:b')]).toEqual(['keeper', 'a:b'])
    expect([roleOf('venue'), nameOf('venue')]).toEqual(['venue', undefined])
  })
})
