import { type First, openFirst } from './first'

const there: First = { revision: 4_100, at: '2020-03-12T23:40:00.000Z' }

/** A history in which it happens once, and how it was asked. */
const history = (fails = 0) => {
  const asked: (readonly [number, number])[] = []
  let toFail = fails
  const first = openFirst(async (from, to) => {
    asked.push([from, to])
    toFail -= 1
    if (toFail >= 0) throw new Error('nobody is there')
    return there.revision >= from && there.revision <= to ? there : undefined
  })
  const look = async (to: number): Promise<First | undefined> => {
    first.lookUpTo(to)
    await first.rested()
    return first.found.value
  }
  return { asked, first, look }
}

describe('the first event of a kind', () => {
  it('is looked for once in all that has happened, and from there on in what has come since', async () => {
    const { asked, look } = history()
    expect([await look(2_000), await look(2_000), await look(4_000), await look(6_000), await look(8_000)]).toEqual([
      undefined,
      undefined,
      undefined,
      there,
      there,
    ])
    expect(asked).toEqual([
      [0, 2_000],
      [2_001, 4_000],
      [4_001, 6_000],
    ])
  })

  it('is asked for by one question at a time, however quickly history grows', async () => {
    const { asked, first } = history()
    for (const to of [1_000, 2_000, 3_000]) first.lookUpTo(to)
    await first.rested()
    expect(asked).toEqual([
      [0, 1_000],
      [1_001, 3_000],
    ])
  })

  it('is asked for again where nobody could be asked', async () => {
    const { asked, look } = history(1)
    expect([await look(5_000), await look(5_000)]).toEqual([undefined, there])
    expect(asked).toEqual([
      [0, 5_000],
      [0, 5_000],
    ])
  })
})
