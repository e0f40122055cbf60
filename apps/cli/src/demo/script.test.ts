import { parseCommand } from '@novation/events'
import type { Asked } from '../run/command-lines'
import { madeDay } from './made-day'
import { type Script, scriptOf } from './script'
import { demoOf } from './whole-demo'

const linesIn = async (script: Script): Promise<readonly Asked[]> => {
  const lines: Asked[] = []
  for await (const batch of script.lines) lines.push(...batch)
  return lines
}

const linesOf = (accounts: number, seed: number): Promise<readonly Asked[]> =>
  linesIn(scriptOf(madeDay(seed), accounts, seed))

/** An hour of the made day, its prices signed. */
const quoted = (liars: number): Script => {
  const day = madeDay(1)
  const asked = { accounts: 25, seed: 1, identity: undefined, sources: 3, liars, maxSettle: 1_000 }
  return demoOf({ ...day, moments: day.moments.slice(0, 60) }, asked).script
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

  it('whose prices are signed is commands that a file could hold too, and as many as it says', async () => {
    const lines = await linesIn(quoted(1))
    for (const { command } of lines) {
      const read = parseCommand(JSON.stringify(command), 'nobody')
      expect(read).toEqual({ _tag: 'Right', right: command })
    }
    expect(quoted(1).commands).toBe(lines.length)
    const types = new Set(lines.map(({ command }) => command.type))
    expect([types.has('PublishQuotes'), types.has('SetIndex'), types.has('PublishPrice')]).toEqual([true, true, false])
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
    expect(new Set([name(25, 1), quoted(0).name, quoted(1).name]).size).toBe(3)
  })
})
