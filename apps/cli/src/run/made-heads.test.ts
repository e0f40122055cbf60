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
      'd2dc02f938ace7548a5506c517177995070f7a889fc3c846c6f86c45b3ed2e60',
      '0f84a8ac7a03926dea019e095b5d8aef2f0157ecdda56ead2ce9e1a8a2dc3a57',
    ],
    [
      'closed out in proportion',
      made(1, 5_000),
      '07a4f244e0e409a8c8c32405c7dda982f442c2d8814b8c175e875f7b12bd9b76',
      '98810393cc6dddb6202b430e9faeed96fa1e83111cbbebf566038a327ec7cc59',
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
