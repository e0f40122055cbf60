import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { linkHash } from '@novation/events'
import { mountSmallDisk, runScriptUnder, type SmallDisk } from '@novation/testing'
import { right } from 'fp-ts/Either'
import { collect } from '../contract/collect'
import { sampleEvent } from '../contract/sample-events'
import { openEmbeddedStore } from './embedded-store'

const script = join(__dirname, 'write.script.ts')
const disk = mountSmallDisk(1_024)
afterAll(() => {
  if (typeof disk !== 'string') disk.remove()
})

/** What a disk of this machine does, where this machine lets a test have it. */
const where = (why: string | undefined, name: string): readonly [jest.It, string] =>
  why === undefined ? [it, name] : [it.skip, `${name} (not tried here: ${why})`]

const whyNot = (program: string, ...words: readonly string[]): string | undefined => {
  const { status, error, stderr } = spawnSync(program, words, { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

describe('a writer whose disk fails', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'novation-real-disk-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  /** Writes until the disk fails, and sees that nothing acknowledged is lost, and that nothing was after the failure. */
  const writeUntil = async (code: RegExp, under: readonly string[], ledger: string, repaired: () => void) => {
    const writer = runScriptUnder(under, script, ledger, 'ledger-main', '')
    expect(await writer.ended).toBe(0)
    const said = writer.lines.map((line): unknown => JSON.parse(line))
    expect(said.slice(-2)).toEqual([
      { reason: 'disk-failed', message: expect.stringMatching(code) },
      { again: 'disk-failed' },
    ])
    const acknowledged = said.slice(0, -2)
    expect(acknowledged.length).toBeGreaterThan(3)
    expect(acknowledged.every((word) => typeof word === 'number')).toBe(true)
    repaired()
    const store = openEmbeddedStore(ledger)
    const events = await collect(store.read('ledger-main', 0))
    expect(events.length).toBeGreaterThan(Number(acknowledged.at(-1)))
    let previousHash = '0'.repeat(64)
    for (const { hash, body } of events) {
      expect(hash).toBe(linkHash(previousHash, body))
      previousHash = hash
    }
    const last = events.at(-1)
    expect(await store.append('ledger-main', [sampleEvent(last)], events.length - 1)()).toEqual(right(events.length))
    await store.close()
  }

  it('which takes a write only in part, and then no more, ends; all that was acknowledged is there', async () =>
    writeUntil(/SQLITE_IOERR_WRITE/, ['sh', '-c', 'ulimit -f 300; exec "$@"', 'sh'], directory, () => undefined))

  const [full, fullName] = where(typeof disk === 'string' ? disk : undefined, 'because it is full')
  full(`${fullName} ends; all that was acknowledged is there once there is room`, async () => {
    const { folder, resize } = disk as SmallDisk
    await writeUntil(/SQLITE_FULL/, [], folder, () => resize(4_096))
  })

  const inject = (fault: string) => ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync', '-e', fault]
  const [sync, syncName] = where(whyNot('strace', '-f', '-o', '/dev/null', 'true'), 'which fails to sync')
  sync.each([
    ['once', 'inject=fsync:error=EIO:when=40'],
    ['for good', 'inject=fsync:error=EIO:when=40+'],
  ])(`${syncName} %s ends; all that was acknowledged is there`, async (_, fault) =>
    writeUntil(/SQLITE_IOERR/, inject(fault), directory, () => undefined),
  )
})
