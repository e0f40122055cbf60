import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSpool, type Spool } from './spool'

const folder = mkdtempSync(join(tmpdir(), 'novation-spool-'))
afterAll(() => rmSync(folder, { recursive: true }))

const textIn = async (spool: Spool, name: string): Promise<string | undefined> => {
  const found = await spool.read(name)
  if (found === undefined) return undefined
  const pieces: Uint8Array[] = []
  for await (const piece of found.pieces) pieces.push(piece)
  const text = Buffer.concat(pieces)
  expect(text.length).toBe(found.bytes)
  return text.toString()
}

describe('a spool', () => {
  it('is empty where nothing was ever kept', async () => {
    const spool = openSpool(join(folder, 'nowhere'))
    expect(await spool.list()).toEqual([])
    expect(await spool.read('one')).toBeUndefined()
    await spool.remove('one')
  })

  it('shows a text once it is kept, whole, however long it is', async () => {
    const spool = openSpool(join(folder, 'whole'))
    const writing = await spool.write('long')
    const text = 'ä line of some length\n'.repeat(20_000)
    for (let at = 0; at < text.length; at += 1_000) await writing.write(text.slice(at, at + 1_000))
    expect([await spool.list(), await spool.read('long')]).toEqual([[], undefined])
    expect(await writing.keep()).toBe(Buffer.byteLength(text))
    expect(await textIn(spool, 'long')).toBe(text)
    expect(await openSpool(join(folder, 'whole')).list()).toEqual(['long'])
  })

  it('keeps what was there until another is kept in its place, and forgets one that is dropped', async () => {
    const spool = openSpool(join(folder, 'again'))
    const first = await spool.write('one')
    await first.write('first')
    await first.keep()
    const second = await spool.write('one')
    await second.write('second')
    expect(await textIn(spool, 'one')).toBe('first')
    await second.drop()
    expect(await textIn(spool, 'one')).toBe('first')
    const third = await spool.write('one')
    await third.write('third')
    await third.keep()
    expect(await textIn(spool, 'one')).toBe('third')
    await spool.remove('one')
    expect(await spool.list()).toEqual([])
  })
})
