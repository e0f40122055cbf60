import { type Either, left, right } from 'fp-ts/Either'
import type { PartitionerArgs } from 'kafkajs'
import type { Message, PublishError } from '../bus'
import { partitionOf } from '../partition'
import { errorOf, isRefusal, reasonOf } from './failures'
import { clientOf, metadataMaxAge_ms, retryOf, type Settings } from './settings'
import { openSockets } from './sockets'

/**
 * One idempotent producer. It must not be used again once it failed, and never for two sends at a time: the client
 * gives a batch that failed its sequence numbers back, and the broker would take the next records under the same
 * numbers for a repetition, acknowledge them, and drop them.
 */
export interface Sender {
  send(topic: string, messages: readonly Message[]): Promise<Either<PublishError, void>>
  /** Waits for requests on their way, so that nothing of this producer comes after what another sends. */
  end(): Promise<void>
}

export const openSender = async (settings: Settings): Promise<Sender> => {
  /** The partitions that the client was told in this send: before the first, nothing can have been sent. */
  const told = new Set<number>()
  const sockets = openSockets()
  const producer = clientOf(settings, sockets).producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    maxInFlightRequests: 1,
    metadataMaxAge: metadataMaxAge_ms,
    retry: retryOf(settings),
    createPartitioner:
      () =>
      ({ message, partitionMetadata }: PartitionerArgs) => {
        const partition = partitionOf(String(message.key), partitionMetadata.length)
        told.add(partition)
        return partition
      },
  })
  const end = async (): Promise<void> => {
    try {
      await producer.disconnect()
    } catch (thrown) {
      settings.logger.debug({ reason: reasonOf(thrown) }, 'a producer did not part in good order')
    } finally {
      sockets.end()
    }
  }

  try {
    await producer.connect()
  } catch (thrown) {
    await end()
    throw thrown
  }
  return {
    async send(topic, messages) {
      told.clear()
      try {
        const answers = await producer.send({
          topic,
          messages: messages.map(({ key, value, headers }) => ({ key, value, headers })),
          acks: -1,
          timeout: settings.request_ms,
        })
        // When a leader moves between two tries, the client may count another partition's answer for the one it left out.
        const answered = new Set(answers.map(({ partition }) => partition))
        const silent = [...told].filter((partition) => !answered.has(partition))
        if (silent.length === 0) return right(undefined)
        return left({ tag: 'unknown', reason: `no answer for partitions ${silent} of ${topic}` })
      } catch (thrown) {
        const reason = `${topic}: ${reasonOf(thrown)}`
        if (told.size === 0) return left({ tag: 'unavailable', reason })
        return left({ tag: isRefusal(errorOf(thrown)) ? 'refused' : 'unknown', reason })
      }
    },
    end,
  }
}
