import fc from 'fast-check'
import type { Message } from '../bus'
import { crc32c } from './crc32c'
import { writtenAtOnce } from './produce'

const produce = jest.requireActual('kafkajs/src/protocol/requests/produce')
const { protocol: byItself } = produce
const { protocol: atOnce } = writtenAtOnce({ protocol: byItself })

const texts = fc.string({ unit: 'binary', maxLength: 300 })
const anyMessage: fc.Arbitrary<Message> = fc.record({
  key: texts,
  value: fc.oneof(
    texts,
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.nat({ max: 20_000 }).map((length) => 'x'.repeat(length)),
    fc.constantFrom(2 ** 13, 2 ** 20).map((length) => 'ü'.repeat(length)),
  ),
  headers: fc.dictionary(texts, texts),
})

const anyRequest = fc.record({
  acks: fc.constantFrom(-1, 1),
  timeout: fc.nat(),
  producerId: fc.nat().map(String),
  producerEpoch: fc.nat({ max: 2 ** 15 - 1 }),
  topicData: fc.array(
    fc.record({
      topic: fc.string({ unit: 'binary', maxLength: 50 }),
      partitions: fc.array(
        fc.record({
          partition: fc.nat(),
          firstSequence: fc.nat(),
          messages: fc.array(anyMessage, { minLength: 1, maxLength: 70 }),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
})

describe('what is sent to Kafka', () => {
  beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(1_795_990_000_123))
  afterEach(() => jest.restoreAllMocks())

  it('is written to the byte as the client would by itself', () =>
    fc.assert(
      fc.asyncProperty(anyRequest, fc.constantFrom(3, 5, 7), async (given, version) => {
        const expected = await byItself({ version })(given).request.encode()
        const { buffer } = await atOnce({ version })(given).request.encode()
        expect(buffer.equals(expected.buffer)).toBe(true)
      }),
      { numRuns: 50 },
    ))

  it('is what the client writes of what this house never asks for, and says to brokers of another time', async () => {
    const message: Message = { key: 'k', value: '{}', headers: { a: 'b' } }
    const of = (more: object, own: object) => ({
      ...{ acks: -1, timeout: 1, producerId: '1', producerEpoch: 0, ...more },
      topicData: [{ topic: 't', partitions: [{ partition: 0, firstSequence: 0, messages: [{ ...message, ...own }] }] }],
    })
    for (const given of [of({ transactionalId: 'x' }, {}), of({ compression: 1 }, {}), of({}, { timestamp: '5' })]) {
      const expected = await byItself({ version: 7 })(given).request.encode()
      const { buffer } = await atOnce({ version: 7 })(given).request.encode()
      expect(buffer.equals(expected.buffer)).toBe(true)
    }
    expect(atOnce({ version: 2 })).toBe(byItself({ version: 2 }))
  })
})

describe('the checksum of a batch', () => {
  it.each([
    ['', 0],
    ['123456789', 0xe3069283],
    ['The quick brown fox jumps over the lazy dog', 0x22620404],
  ])('of %j is that which is published', (text, expected) => {
    expect(crc32c(Buffer.from(text), 0)).toBe(expected)
    expect(crc32c(Buffer.from(`before${text}`), 6)).toBe(expected)
  })
})
