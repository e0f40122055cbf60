import { KeptHealths } from './kept-healths'
import type { AccountStand, Health } from './pool'
import { newAccountStand } from './standing'

const most = 1_024
const health = (equity: number) => ({ equity }) as unknown as Health
const stands = (count: number): readonly AccountStand[] => Array.from({ length: count }, () => newAccountStand(0))

describe('what is kept of what was worked out', () => {
  it('is that of the last 1,024, and no other', () => {
    const kept = new KeptHealths()
    const all = stands(most + 2)
    for (const [i, stand] of all.entries()) kept.keep(stand, health(i), i)
    expect(all.filter((stand) => stand.health === undefined)).toEqual(all.slice(0, 2))
    expect(all[most + 1]).toMatchObject({ health: { equity: most + 1 }, workedOut: most + 1 })
  })

  it('is one health an account, however often that is worked out', () => {
    const kept = new KeptHealths()
    const [first, ...others] = stands(most)
    if (first === undefined) throw new Error('there is one')
    for (let i = 0; i < most * 2; i += 1) kept.keep(first, health(i), i)
    for (const stand of others) kept.keep(stand, health(0), 0)
    expect(first.health).toMatchObject({ equity: most * 2 - 1 })
    expect(others.every((stand) => stand.health !== undefined)).toBe(true)
  })

  it('may be forgotten and be kept again', () => {
    const kept = new KeptHealths()
    const [first, ...others] = stands(most + 1)
    if (first === undefined) throw new Error('there is one')
    for (const stand of [first, ...others]) kept.keep(stand, health(0), 0)
    expect(first.health).toBeUndefined()
    kept.keep(first, health(7), 9)
    expect(first).toMatchObject({ health: { equity: 7 }, workedOut: 9 })
    expect(others[0]?.health).toBeUndefined()
  })
})
