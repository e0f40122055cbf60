import type { Delivery, Message } from '../bus'

/** The records of one partition: those from `start` to before `end` are kept. */
export interface PartitionLog {
  start(): number
  end(): number
  append(message: Message, timestamp_ms: number): void
  /** At most `limit` records from `offset` on, or from the first that is kept. */
  read(offset: number, limit: number): readonly Delivery[]
  dropBefore(offset: number): void
}

export const openPartitionLog = (topic: string, partition: number): PartitionLog => {
  let first = 0
  let records: Delivery[] = []
  const index = (offset: number): number => Math.max(0, offset - first)
  const end = (): number => first + records.length
  return {
    start: () => first,
    end,
    append({ key, value, headers }, timestamp_ms) {
      const offset = String(end())
      records.push({ topic, partition, offset, timestamp_ms, key, value: Buffer.from(value), headers: { ...headers } })
    },
    read: (offset, limit) => records.slice(index(offset), index(offset) + limit),
    dropBefore(offset) {
      records = records.slice(index(offset))
      first = Math.max(first, offset)
    },
  }
}
