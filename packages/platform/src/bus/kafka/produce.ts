import type { Message } from '../bus'
import { recordBatch } from './record-batch'

/** What the client asks a broker to write. */
interface Given {
  readonly acks: number
  readonly timeout: number
  readonly transactionalId?: string | null
  readonly producerId: unknown
  readonly producerEpoch: number
  readonly compression?: number
  readonly topicData: readonly {
    readonly topic: string
    readonly partitions: readonly {
      readonly partition: number
      readonly firstSequence: number
      readonly messages: readonly (Message & { readonly timestamp?: string })[]
    }[]
  }[]
}

/** What the client has written, as it asks for it. */
interface Written {
  readonly buf: Buffer
  readonly buffer: Buffer
}

interface Request {
  readonly request: { readonly encode: () => Promise<Written> }
}

interface Produce {
  protocol(asked: { readonly version: number | string }): (given: Given) => Request
}

/** The first version of the request whose records are those of today. */
const first = 3

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const text = (value: string): readonly Buffer[] => [int16(Buffer.byteLength(value)), Buffer.from(value)]

const noText = int16(-1)

/** The request as it goes out, of a producer that is not transactional. */
const requestOf = ({ acks, timeout, producerId, producerEpoch, topicData }: Given, at_ms: number): Buffer => {
  const parts = [noText, int16(acks), int32(timeout), int32(topicData.length)]
  for (const { topic, partitions } of topicData) {
    parts.push(...text(topic), int32(partitions.length))
    for (const { partition, firstSequence, messages } of partitions) {
      const head = { producerId: BigInt(String(producerId)), producerEpoch, firstSequence, at_ms }
      const batch = recordBatch(messages, head)
      parts.push(int32(partition), int32(batch.length), batch)
    }
  }
  return Buffer.concat(parts)
}

/** Whether it asks for what this house never does: a transaction, compression, or a time of its own for a record. */
const isForeign = ({ transactionalId, compression, topicData }: Given): boolean =>
  (transactionalId ?? undefined) !== undefined ||
  (compression ?? 0) !== 0 ||
  topicData.some(({ partitions }) => partitions.some(({ messages }) => messages.some((each) => each.timestamp)))

/**
 * Has the client write what it sends at once: piece by piece, as it does by itself, each header of each record takes a
 * buffer of 512 zeros and each number a list, and that was five sixths of what an event costs on its way to Kafka. The
 * bytes are the same.
 */
export const writtenAtOnce = ({ protocol }: Produce): Produce => ({
  protocol: ({ version }) => {
    const make = protocol({ version })
    if (Number(version) < first) return make
    return (given) => {
      const made = make(given)
      if (isForeign(given)) return made
      const encode = async (): Promise<Written> => {
        const bytes = requestOf(given, Date.now())
        return { buf: bytes, buffer: bytes }
      }
      return { ...made, request: { ...made.request, encode } }
    }
  },
})

const produce: Produce = require('kafkajs/src/protocol/requests/produce')
const { protocol } = writtenAtOnce({ protocol: produce.protocol })

/** Every client of this process writes so from now on. */
export const writeAtOnce = (): void => {
  produce.protocol = protocol
}
