import { generateKeyPairSync } from 'node:crypto'
import { checkpointLine, signCheckpoint } from '@novation/audit'
import { verifyChain } from './chain'
import { type Standing, verifyCheckpoint } from './checkpoint'
import type { SeenEvent } from './generated/api'
import { openMarket } from './kit/house'

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  /** As `novation checkpoint` writes it. */
  const signed = (standing: Standing): string => checkpointLine(signCheckpoint(standing, privateKey))
  return { pem, signed }
}

let open: Awaited<ReturnType<typeof openMarket>>
const events: SeenEvent[] = []
beforeAll(async () => {
  open = await openMarket()
  for await (const event of open.pool.list('events', {})) events.push(event)
})
afterAll(() => open.house.close())

const { pem, signed } = pair()

const standingAt = (revision: number): Standing => {
  const event = events[revision]
  if (event === undefined || 'cut' in event) throw new Error('no such event')
  return { pool: 'main', revision, hash: event.metadata.hash, stateHash: '0'.repeat(64), at: event.at }
}

describe('a checkpoint', () => {
  it('is believed where the key has signed it, and nowhere else', async () => {
    const standing = standingAt(3)
    const line = signed(standing)
    expect(await verifyCheckpoint(line, pem)).toEqual({ sound: true, standing })
    expect(await verifyCheckpoint(line, pair().pem)).toMatchObject({ sound: false })
    expect(await verifyCheckpoint(line.replace('"revision":3', '"revision":4'), pem)).toMatchObject({ sound: false })
    for (const text of ['', '{', '{}', 'null', '{"statement":{},"signature":"x"}'])
      expect(await verifyCheckpoint(text, pem)).toEqual({ sound: false, why: 'it is no checkpoint' })
    expect(await verifyCheckpoint(line, 'nonsense')).toMatchObject({ why: 'the key is no public key in PEM' })
  })

  it('shows a history that was made anew, and one whose tail was cut off', async () => {
    const checkpoints = [standingAt(2), standingAt(events.length - 1)]
    expect(await verifyChain(events, { checkpoints })).toMatchObject({ sound: true, events: events.length })
    expect(await verifyChain(events.slice(0, 5), { checkpoints })).toMatchObject({ sound: false, revision: 5 })
    const other = [{ ...standingAt(2), hash: 'f'.repeat(64) }]
    expect(await verifyChain(events, { checkpoints: other })).toMatchObject({ sound: false, revision: 2 })
  })
})
