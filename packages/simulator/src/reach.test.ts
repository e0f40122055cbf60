import { rarelyReached, reachTable } from './reach'

describe('what worlds come to', () => {
  it('is too little where nobody is called, frozen or closed out any more', () => {
    const rare = rarelyReached(new Map([['MarginCall', 150]]))
    expect(rare).toContain('PoolFrozen: in 0 worlds, where 25 are the least')
    expect(rare.some((line) => line.startsWith('MarginCall:'))).toBe(false)
  })

  it('is told as a table, by name', () => {
    const lines: string[] = []
    reachTable(
      new Map([
        ['power cut', 3],
        ['MarginCall', 7],
      ]),
      10,
      (line) => lines.push(line),
    )
    expect(lines).toEqual(['| of 10 worlds | come to |', '|---|---|', '| 7 | MarginCall |', '| 3 | power cut |'])
  })
})
