import { generateKeyPairSync } from 'node:crypto'
import { lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { Halted } from '@novation/platform'
import { exitCodes } from './exit-code'
import { endingOf } from './live/ending'
import { ndjson, smallPool, testWorld } from './test-world'

const { take, file, folder } = testWorld()
const ledger = folder('ledger')
const key = folder('key.pem')

beforeAll(async () => {
  expect((await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])).code).toBe(0)
  file('key.pem', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
})

describe('what the disk does not take', () => {
  const nowhere = `${file('a-file', '')}/below`

  it.each([
    ['checkpoint', [`--key=${key}`, `--out=${nowhere}/checkpoints.jsonl`]],
    ['snapshot', [`--snapshots=${nowhere}`, '--every=1']],
  ])('ends `%s`, which says what was not kept', async (name, more) => {
    const { code, err, out } = await take([name, `--ledger=${ledger}`, ...more])
    expect(err).toContain('novation: the disk failed\n')
    expect(err).toMatch(new RegExp(`why: ${nowhere}\\S* cannot be written to last: ENOTDIR`))
    expect(err).toContain('id: disk-failed')
    expect(out).toBe('')
    expect(code).toBe(exitCodes.unavailable)
  })

  it('ends a service with a line of its own, and as an unavailable part does', () => {
    expect(endingOf(new Halted('disk-failed', 'place.json cannot be written to last: EIO'))).toEqual({
      code: exitCodes.unavailable,
      message: 'disk-failed: place.json cannot be written to last: EIO',
    })
  })
})

describe('signed checkpoints', () => {
  const sign = (out: string) => take(['checkpoint', `--ledger=${ledger}`, `--key=${key}`, `--out=${out}`])

  it('take the place of older ones, behind a link too, and leave the link', async () => {
    const target = file('kept.jsonl', 'older\n')
    symlinkSync(target, folder('link.jsonl'))
    expect((await sign(folder('link.jsonl'))).code).toBe(exitCodes.ok)
    expect(lstatSync(folder('link.jsonl')).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toMatch(/^\{.*\}\n$/)
  })

  it('may go into what is no file, which stays what it is', async () => {
    expect((await sign('/dev/null')).code).toBe(exitCodes.ok)
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })
})
