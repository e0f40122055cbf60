import type { Delivery } from './bus'
import { deadLetter } from './dead-letter'
import { recordBytes } from './record-size'
import { defaultMaxRecord_bytes, meshTopics } from './topics'

const delivery: Delivery = {
  topic: 'novation.commands',
  partition: 3,
  offset: '17',
  timestamp_ms: 1_700_000_000_000,
  key: 'main',
  value: Buffer.from([123, 255, 0]),
  headers: { 'content-type': 'application/json', dead_reason: 'older' },
}

describe('a dead letter', () => {
  it('keeps key, bytes and headers, and tells the reason and the origin', () =>
    expect(deadLetter(delivery, { code: 'malformed', text: 'not JSON' })).toEqual({
      key: 'main',
      value: Buffer.from([123, 255, 0]),
      headers: {
        'content-type': 'application/json',
        dead_reason: 'malformed',
        dead_text: 'not JSON',
        dead_topic: 'novation.commands',
        dead_partition: '3',
        dead_offset: '17',
        dead_timestamp: '1700000000000',
      },
    }))

  it('of what never got onto its topic names no place there', () => {
    const { headers } = deadLetter(
      { topic: 'novation.commands', key: 'main', value: '', headers: {} },
      { code: 'c', text: 't' },
    )
    expect(headers).toEqual({ dead_reason: 'c', dead_text: 't', dead_topic: 'novation.commands' })
  })

  it('of the largest record there can be fits into its topic', () => {
    const largest = { ...delivery, value: Buffer.alloc(defaultMaxRecord_bytes) }
    const letter = deadLetter(largest, { code: 'too-large', text: '€'.repeat(1_000_000) })
    const [, , deadLetters] = meshTopics(1)
    expect(recordBytes(letter)).toBeLessThan(deadLetters?.maxRecord_bytes ?? 0)
  })
})
