import { resolve } from 'node:path'
import { say } from '../report'

interface Node {
  readonly bootstrap: string
  start(): Promise<void>
  discard(): Promise<void>
}

interface SingleNode {
  readonly singleNode: () => Promise<Node>
}

const isNotAvailable = (error: unknown): error is Error => error instanceof Error && error.name === 'NotAvailable'

/** Lends a Kafka of its own to the work; where there is no Java or Maven to make one, says so and answers nothing. */
export const withKafka = async <A>(work: (bootstrap: string) => Promise<A>): Promise<A | undefined> => {
  const { singleNode }: SingleNode = require(resolve(__dirname, '../../../infra/kafka/single-node.js'))
  let node: Node
  try {
    node = await singleNode()
  } catch (error) {
    if (!isNotAvailable(error)) throw error
    say(`SKIPPED: the mesh. ${error.message}; install Java 17 and Maven.`)
    return undefined
  }
  try {
    await node.start()
    return await work(node.bootstrap)
  } finally {
    await node.discard()
  }
}
