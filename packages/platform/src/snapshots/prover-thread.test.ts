import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runScript } from '@novation/testing'
import { day, decideAll } from './kit/history'

const folder = mkdtempSync(join(tmpdir(), 'novation-prover-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a prover in a thread of its own', () => {
  it('proves and puts aside as one in this process does, and stops at a lie with the same words', async () => {
    const script = runScript(join(__dirname, 'prove.script.ts'), join(folder, 'snapshots'))
    expect(await script.ended).toBe(0)
    const { revision } = decideAll(day).book
    expect(script.lines.map((line) => JSON.parse(line))).toEqual([
      { from: -1, reached: revision, made: 1 },
      {
        isHalted: true,
        reason: 'broken-history',
        message: expect.stringContaining(`the snapshot of main at revision ${revision} lied: outcomes or trades`),
      },
    ])
  }, 60_000)
})
