import { parseCommand } from '@novation/events'
import type { Asked } from '../run/command-lines'
import { madeDay } from './made-day'
import { scriptOf } from './script'

const linesOf = async (accounts: number, seed: number): Promise<readonly Asked[]> => {
  const lines: Asked[] = []
  for await (const batch of scriptOf(madeDay(seed), accounts, seed).lines) lines.push(...batch)
  return lines
}

describe('the script of a demo', () => {
  it('is commands that a file could hold: each is read back from its text as it was', async () => {
    for (const { command } of await linesOf(25, 1)) {
      const read = parseCommand(JSON.stringify(command), 'nobody')
      expect(read).toEqual({ _tag: 'Right', right: command })
    }
  })

  it('has an id for each command, in the order of time, and as many as it says', async () => {
    const lines = await linesOf(25, 1)
    expect(new Set(lines.map(({ command }) => command.id)).size).toBe(lines.length)
    expect(scriptOf(madeDay(1), 25, 1).commands).toBe(lines.length)
    const times = lines.map(({ command }) => command.at ?? '')
    expect([...times].sort()).toEqual(times)
  })

  it('opens every account before it trades, and settles the future once', async () => {
    const opened = new Set<string>()
    let settled = 0
    for (const { command } of await linesOf(40, 2)) {
      if (command.type === 'OpenAccount') opened.add(command.data.account)
      if (command.type === 'SettleInstrument') settled += 1
      if (command.type === 'ClearTrade')
        expect([...opened]).toEqual(expect.arrayContaining([command.data.buyer, command.data.seller]))
    }
    expect({ settled, traders: [...opened].filter((id) => id.startsWith('trader-')).length }).toEqual({
      settled: 1,
      traders: 40,
    })
  })

  it('is named after everything it follows from', () => {
    const name = (accounts: number, seed: number, day = 1) => scriptOf(madeDay(day), accounts, seed).name
    expect(name(25, 1)).toBe(name(25, 1))
    expect(new Set([name(25, 1), name(26, 1), name(25, 2), name(25, 1, 2)]).size).toBe(4)
  })
})
