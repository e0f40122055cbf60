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
      '4328a0ef437c59a8eb7e88ebc4986d31d025e3d499a9a6074225855c61b47630',
      '4c1464ffb8768def34938d9d5c9628332e1e986a7bcca2755e88fe9bd7ecbec3',
    ],
    [
      'closed out in proportion',
      made(1, 5_000),
      'f108b14d53a9e987a8e0fe5e92c72e2326e7ad55da412e30f7e0eb1a881fd6a3',
      '945e3c496d2940f79ac42911bf2decf4cc71b1542e0cc11232a4f3c7413d077e',
    ],
  ])('ends in the very events and state that it always did: %s', (_, history, head, state) => {
    const last = history.at(-1)
    expect([last?.events.at(-1)?.metadata.hash, last?.state]).toEqual([head, state])
  })

  it('goes down the waterfall, freezes, thaws and settles', () => {
    const types = new Set(main.flatMap(({ events }) => events.map(({ type }) => type)))
    const rare = ['Deleveraged', 'LossSocialized', 'InsuranceDrawn', 'InstrumentSettled', 'PoolFrozen', 'PoolThawed']
    for (const type of [...rare, 'MarginCallMissed', 'AuctionTurned', 'Liquidated', 'CommandRejected'])
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
