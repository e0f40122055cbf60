import { join } from 'node:path'

/** A Kafka that belongs to one test, which may break it: what `infra/kafka/single-node.js` gives. */
export interface KafkaNode {
  readonly bootstrap: string
  start(): Promise<void>
  kill(): Promise<void>
  freeze(): void
  thaw(): void
  discard(): Promise<void>
}

type SingleNode = (given?: { readonly port: number }) => Promise<KafkaNode>

const { singleNode }: { readonly singleNode: SingleNode } = require(
  join(__dirname, '../../../../../infra/kafka/single-node.js'),
)

/** Skips, and is counted so, where no node can be started. */
export const describeNode = process.env.NOVATION_TEST_KAFKA_NODE === undefined ? describe.skip : describe

/** A node that answers, with nothing on it; `port` is any free one unless another must be where the last one was. */
export const startNode = async (port?: number): Promise<KafkaNode> => {
  const node = await (port === undefined ? singleNode() : singleNode({ port }))
  await node.start()
  return node
}
