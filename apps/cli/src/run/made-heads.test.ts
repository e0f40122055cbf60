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
      'ef506f035bd891b177dcf8020a284573162ccc457d1fd59f986c117bd780b481',
      '9284795b7f6d57983cd973644251e73017751de80f7234212b0b6aa1850f03a2',
    ],
    [
      'closed out in proportion',
      made(1, 5_000),
      'e3d6d248c3ad6438c2da9724f2ffb0eb9e08850eaab802b8f2fd5a4fb87bd13b',
      '3081891c3f35abba497114d71a581e67938dafacfe0589ea021e7e35b8eb9c13',
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
