import * as fc from 'fast-check'
import { Partitioners } from 'kafkajs'
import { murmur2, partitionOf } from './partition'

const metadata = (partitions: number) =>
  Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [0],
    isr: [0],
  }))

describe('partitionOf', () => {
  it("hashes as Kafka's Java client does", () =>
    // The vectors of org.apache.kafka.common.utils.UtilsTest.
    expect(['21', 'foobar', 'a-little-bit-long-string', 'abc'].map((text) => murmur2(Buffer.from(text)))).toEqual([
      -973932308, -790332482, -985981536, 479470107,
    ]))

  it("chooses as the default partitioner of Kafka's clients does, for any key", () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 100 }), (key, partitions) => {
        const partitionMetadata = metadata(partitions)
        const theirs = Partitioners.DefaultPartitioner()({ topic: 't', partitionMetadata, message: { key, value: '' } })
        expect(partitionOf(key, partitions)).toBe(theirs)
      }),
    ))
})
