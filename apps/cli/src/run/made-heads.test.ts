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
      '8cee0d0e0a091fb215b477275b471cf44a749167141bc5d966764735eb57c77e',
      '21bdc6f132ad1a7a241f71bd5fc6eabab7b28dd75efdc72c74a35e88d1e125dd',
    ],
    [
      'closed out in proportion',
      made(1, 5_000),
      'e1961813b7e2f9695e7c95095bb176b4c59deaa94520111e7a43144098fcb4ef',
      'be6b45818d62f9b03575e164049955d94b4c32b46d8c88db8fdd2df4122c0751',
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
