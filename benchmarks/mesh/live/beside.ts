import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemScheduler } from '@novation/platform'
import { runNovation } from '../../../apps/cli/src/test-process'
import { loadOf } from '../load'
import { median, perSecond } from '../measure'
import type { Options } from '../options'
import { type Part, say } from '../report'
import { measureFlow } from './flow'
import { asInTheImage, caughtUp, inMesh } from './mesh'

const without = 'drained without a gateway'

/**
 * What the mesh drains with a gateway beside it, and without: so many rounds before there is one, so many with it, and so many once it is gone again, since a
 * machine and a ledger change in the course of it.
 */
export const measureBeside = (bootstrap: string, options: Options): Promise<readonly Part[]> =>
  inMesh(bootstrap, options, async (mesh, feed, notes) => {
    const { accounts, commands, rounds } = options
    const folder = mkdtempSync(join(tmpdir(), 'novation-tokens-'))
    let round = 0
    const drained = async (): Promise<readonly number[]> => {
      const rates: number[] = []
      for (let i = 0; i < rounds; i += 1) {
        round += 1
        say(`round ${round} of ${4 * rounds}`)
        const load = loadOf(mesh.pool, `load-${round}`, accounts, commands, systemScheduler.now())
        const { drained_ms } = await measureFlow(mesh, feed, load)
        rates.push(perSecond(commands, drained_ms))
        await caughtUp(mesh)
      }
      return rates
    }
    try {
      // What is compiled on the way is compiled by then.
      await drained().then(() => undefined)
      const before = await drained()
      const tokens = join(folder, 'tokens.json')
      await runNovation(['token', 'auditor', `--tokens=${tokens}`]).then(() => undefined)
      await mesh.start('gateway', { ...asInTheImage, NOVATION_TOKENS: tokens, NOVATION_LISTEN: '127.0.0.1:0' })
      const beside = await drained()
      await mesh.services
        .get('gateway')
        ?.kill('SIGTERM')
        .then(() => undefined)
      mesh.services.delete('gateway')
      const after = await drained()
      const rows = [
        { what: without, figure: median([...before, ...after]), unit: 'commands/s' },
        { what: 'drained with one', figure: median(beside), unit: 'commands/s', baseline: without },
      ]
      const said = (rates: readonly number[]): string => rates.map((rate) => Math.round(rate)).join(', ')
      const each = `Round by round: ${said(before)}; with it ${said(beside)}; then ${said(after)}.`
      const title = `A gateway beside the mesh: ${accounts.toLocaleString('en')} accounts, ${commands.toLocaleString('en')} commands a round`
      return [{ title, rows, notes: [...notes, each] }]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
