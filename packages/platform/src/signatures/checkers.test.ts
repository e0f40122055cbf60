import { join } from 'node:path'
import { runScript } from '@novation/testing'

describe('threads that check signatures', () => {
  it('answer each claim in its place, while nothing is worked out here; without threads it is', async () => {
    const script = runScript(join(__dirname, 'check.script.ts'))
    expect(await script.ended).toBe(0)
    const each = [true, true, true, false]
    expect(script.lines.map((line) => JSON.parse(line))).toEqual([
      { answers: [...each, ...each, ...each], here: 0 },
      { answers: each, here: 4 },
    ])
  }, 60_000)
})
