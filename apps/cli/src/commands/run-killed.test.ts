import { writeFileSync } from 'node:fs'
import { madeDay } from '../demo/made-day'
import { randomOf } from '../demo/random'
import { scriptOf } from '../demo/script'
import { exitCodes } from '../exit-code'
import { runNovation, startNovation } from '../test-process'
import { historyIn, testWorld } from '../test-world'

const { folder } = testWorld()
jest.setTimeout(300_000)

/** A crash day of fifty accounts and every twelfth minute, as the lines of a file. */
const writeCommands = async (path: string): Promise<void> => {
  const whole = madeDay(3)
  const day = { ...whole, bar_s: 720, moments: whole.moments.filter((_, minute) => minute % 12 === 0) }
  const lines: string[] = []
  for await (const batch of scriptOf(day, 50, 3).lines)
    lines.push(...batch.map(({ command }) => JSON.stringify(command)))
  writeFileSync(path, `${lines.join('\n')}\n`)
}

const rounds = 3
const kills = 2

describe('novation run, killed at random moments and started again with the same file', () => {
  it('ends with the ledger of a run that was never killed, byte for byte', async () => {
    const commands = folder('commands.ndjson')
    await writeCommands(commands)
    const unharmed = folder('unharmed')
    expect((await runNovation(['run', commands, `--ledger=${unharmed}`])).code).toBe(exitCodes.ok)
    const expected = await historyIn(unharmed)
    expect(expected.length).toBeGreaterThan(1_000)

    const random = randomOf(20200312)
    for (let round = 0; round < rounds; round += 1) {
      const ledger = folder(`round-${round}`)
      const words = ['run', commands, `--ledger=${ledger}`, '--events']
      let acknowledged = 0
      for (let kill = 0; kill < kills; kill += 1) {
        const { child, printed, ended } = startNovation(words)
        // So many more events have been said to be durable; then it dies wherever it happens to be.
        const left = expected.length - acknowledged
        const heard = random.below(Math.max(1, Math.floor(left / 2)))
        await printed(heard).catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, random.below(60)))
        child.kill('SIGKILL')
        const { out } = await ended
        // Whoever was quick enough to end before it was killed has said the statement too, which is no event.
        const said = out.split('\n').filter((line) => line.startsWith('{"id"') && line.endsWith('}'))
        const kept = await historyIn(ledger)
        expect(kept.length).toBeGreaterThanOrEqual(acknowledged + said.length)
        expect(kept).toEqual(expected.slice(0, kept.length))
        acknowledged = kept.length
      }
      const { code, err } = await runNovation(words)
      expect({ code, err: code === 0 ? '' : err }).toEqual({ code: exitCodes.ok, err: '' })
      expect(await historyIn(ledger)).toEqual(expected)
    }
  })
})
