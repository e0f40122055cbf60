import { linesOf, type Made, madeHistory, settings } from './kit/made'

const made = (pool: number, events: number): readonly Made[] => {
  const setting = settings(150)[pool]
  return setting === undefined ? [] : [...madeHistory(setting, 1, events)]
}
const main = made(0, 9_000)

// Whoever changes a rule, or how an event is written, sees it here. Under the edition before, the core that was there
// before the book had decided both again, and found every event the same (`npm run equality`).
describe('a made market of several assets', () => {
  it.each<[string, readonly Made[], string, string]>([
    [
      'closed out by rank',
      main,
      '350bf0412866427c11902e0bdf44ae73d971c823ce68147cc337712cd0903fea',
      'b2949da05ac1d549d4f819b05d3bae26ecd5595a2c887765b48c955f611ae15c',
    ],
    [
      'closed out in proportion',
      made(1, 5_000),
      'b4668d377e3302e4c0ef808de9f6529a54ef961f194342fdf6b67ddfc701a9d1',
      'ee8b2bdd15749d3596d7b7f7cc802c248838e18bb89a106a0e3226ee2d05c33a',
    ],
  ])('ends in the very events and state that it always did: %s', (_, history, head, state) => {
    const last = history.at(-1)
    expect([last?.events.at(-1)?.metadata.hash, last?.state]).toEqual([head, state])
  })

  it('goes down the waterfall, freezes, thaws and settles', () => {
    const types = new Set(main.flatMap(({ events }) => events.map(({ type }) => type)))
    const rare = ['Deleveraged', 'LossSocialized', 'InsuranceDrawn', 'InstrumentSettled', 'PoolFrozen', 'PoolThawed']
    for (const type of [...rare, 'MarginCallMissed', 'AuctionRestarted', 'Liquidated', 'CommandRejected'])
      expect([...types]).toContain(type)
  })

  it('says what the state must be before the events it is the state after', () => {
    const some = main.slice(0, 300)
    const lines = some
      .map(linesOf)
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.filter((line) => 'hash' in line)).toHaveLength(some.flatMap(({ events }) => events).length)
    const states = lines.flatMap((line, i) => ('state' in line ? [lines[i + 1]?.revision <= line.at] : []))
    expect(states.length).toBeGreaterThan(1)
    expect(new Set(states)).toEqual(new Set([true]))
  })
})
