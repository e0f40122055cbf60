import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runScript } from '@novation/testing'
import { lockForWriting } from './writer-lock'

const folder = mkdtempSync(join(tmpdir(), 'novation-lock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const holder = (name: string) => runScript(join(__dirname, 'hold-lock.script.ts'), join(folder, name))

describe('the lock of a ledger that is written', () => {
  it('has one holder, and another once it is given back', () => {
    const release = lockForWriting(join(folder, 'own'))
    expect(release).toBeDefined()
    expect(lockForWriting(join(folder, 'own'))).toBeUndefined()
    release?.()
    const again = lockForWriting(join(folder, 'own'))
    expect(again).toBeDefined()
    again?.()
  })

  it('is held for each folder by itself', () => {
    const [one, other] = [lockForWriting(join(folder, 'one')), lockForWriting(join(folder, 'other'))]
    expect([one, other]).toEqual([expect.any(Function), expect.any(Function)])
    one?.()
    other?.()
  })

  it('keeps another process out, and is free when that one is killed', async () => {
    const first = holder('shared')
    await first.printed(1)
    expect(first.lines).toEqual(['held'])
    expect(lockForWriting(join(folder, 'shared'))).toBeUndefined()
    const second = holder('shared')
    await second.ended
    expect(second.lines).toEqual(['taken'])
    first.kill('SIGKILL')
    await first.ended
    const release = lockForWriting(join(folder, 'shared'))
    expect(release).toBeDefined()
    release?.()
  }, 30_000)
})
