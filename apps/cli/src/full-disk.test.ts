import { join } from 'node:path'
import { mountSmallDisk, type SmallDisk } from '@novation/testing'
import { exitCodes } from './exit-code'
import { startNovation } from './test-process'
import { historyIn, ndjson, testWorld } from './test-world'

const { take, file, folder } = testWorld()
jest.setTimeout(120_000)
const disks = [mountSmallDisk(1_024), mountSmallDisk(1_024)]
const [disk, other] = disks.flatMap((each) => (typeof each === 'string' ? [] : [each]))
afterAll(() => {
  disk?.remove()
  other?.remove()
})
const whereItMay = other === undefined ? it.skip : it
const name = other === undefined ? ` (not tried here: ${disks.join('; ')})` : ''

const accounts = (count: number) =>
  Array.from({ length: count }, (_, i) => ['OpenAccount', { account: `account-${i}` }, { actor: 'venue' }] as const)

describe('a ledger on a disk without room', () => {
  whereItMay(`ends \`run\`, and the same command goes on once there is room${name}`, async () => {
    const { folder: mounted, resize } = disk as SmallDisk
    const ledger = join(mounted, 'run')
    const words = ['run', file('many.ndjson', ndjson(...accounts(3_000))), `--ledger=${ledger}`]
    const { code, err, out } = await take(words)
    expect(err).toContain('novation: the disk failed\n')
    expect(err).toMatch(/why: .*events\.db: SQLITE_FULL: .*; whether what was being written is there, the next start/)
    expect(err).toContain('id: disk-failed')
    expect(out).toBe('')
    expect(code).toBe(exitCodes.unavailable)
    resize(16_384)
    expect((await take(words)).code).toBe(exitCodes.ok)
    expect(await historyIn(ledger)).toHaveLength(3_000)
    expect((await take(['verify', `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
  })

  whereItMay(`ends \`start\` with a clear last line, and keeps what stood in it${name}`, async () => {
    const { folder: mounted, resize } = other as SmallDisk
    const ledger = join(mounted, 'start')
    const { send, ended, child } = startNovation([
      'start',
      '--listen=127.0.0.1:0',
      `--ledger=${ledger}`,
      `--data=${folder('data')}`,
      '--http=127.0.0.1:0',
    ])
    send(ndjson(...accounts(6_000)))
    const { code, err } = await ended
    child.kill()
    const last: unknown = JSON.parse(err.trim().split('\n').at(-1) ?? '')
    expect(last).toMatchObject({
      level: 60,
      exit: exitCodes.unavailable,
      msg: expect.stringMatching(/^disk-failed: .*SQLITE_FULL/),
    })
    expect(code).toBe(exitCodes.unavailable)
    resize(4_096)
    expect((await historyIn(ledger)).length).toBeGreaterThan(100)
    expect((await take(['verify', `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
  })
})
