import { type Either, isLeft, left, right } from 'fp-ts/Either'
import { limitOf, refuseOversize } from '../batch'
import type { Message, PublishError } from '../bus'
import { recordBytes } from '../record-size'
import { reasonOf } from './failures'
import { openSender, type Sender } from './sender'
import type { Settings } from './settings'

type Outcome = Either<PublishError, void>

/** Messages that go in one request at the most. */
interface Piece {
  readonly messages: readonly Message[]
  readonly bytes: number
}

/** A piece, and who waits for it. */
interface Parcel extends Piece {
  readonly topic: string
  settle(outcome: Outcome): void
}

export interface Publisher {
  publish(topic: string, messages: readonly Message[]): Promise<Outcome>
  close(): Promise<void>
}

/** A broker's limit is on what is sent to a partition at once, so a large batch goes in several pieces, in order. */
const piecesOf = (messages: readonly Message[], limit_bytes: number): readonly Piece[] => {
  const pieces: { messages: Message[]; bytes: number }[] = []
  for (const message of messages) {
    const own = recordBytes(message)
    const piece = pieces.at(-1)
    if (piece === undefined || piece.bytes + own > limit_bytes) pieces.push({ messages: [message], bytes: own })
    else {
      piece.messages.push(message)
      piece.bytes += own
    }
  }
  return pieces
}

/** One request at a time; whatever was asked for meanwhile goes together in the next. */
export const openPublisher = (settings: Settings): Publisher => {
  const queue: Parcel[] = []
  let working: Promise<void> | undefined
  let sender: Sender | undefined
  let closed = false

  const discard = async (): Promise<void> => {
    const spoiled = sender
    sender = undefined
    await spoiled?.end()
  }

  const send = async (topic: string, messages: readonly Message[]): Promise<Outcome> => {
    try {
      sender ??= await openSender(settings)
    } catch (thrown) {
      return left({ tag: 'unavailable', reason: reasonOf(thrown) })
    }
    const outcome = await sender.send(topic, messages)
    if (isLeft(outcome)) await discard()
    return outcome
  }

  /** The first parcel, and those right behind it that go to the same topic and still fit into the request. */
  const take = (first: Parcel): readonly Parcel[] => {
    const limit = limitOf(settings.topics, first.topic)
    let bytes = 0
    const cut = queue.findIndex(({ topic, bytes: own }, place) => {
      bytes += own
      return place > 0 && (topic !== first.topic || bytes > limit)
    })
    return queue.splice(0, cut < 0 ? queue.length : cut)
  }

  const work = async (): Promise<void> => {
    for (let [first] = queue; first !== undefined; [first] = queue) {
      const together = take(first)
      const outcome = await send(
        first.topic,
        together.flatMap(({ messages }) => messages),
      )
      // One that is refused must not take its neighbours along, so each is tried alone.
      const apart = together.length > 1 && isLeft(outcome) && outcome.left.tag === 'refused'
      for (const { topic, messages, settle } of together) settle(apart ? await send(topic, messages) : outcome)
    }
    working = undefined
  }

  const post = (topic: string, piece: Piece): Promise<Outcome> =>
    new Promise((settle) => {
      queue.push({ topic, ...piece, settle })
      working ??= work()
    })

  return {
    async publish(topic, messages) {
      const limit = limitOf(settings.topics, topic)
      const refused = refuseOversize(topic, messages, limit)
      if (refused !== undefined) return left(refused)
      let sent = false
      for (const piece of piecesOf(messages, limit)) {
        if (closed) return left({ tag: sent ? 'unknown' : 'unavailable', reason: 'the bus is closed' })
        const outcome = await post(topic, piece)
        if (isLeft(outcome)) {
          return sent && outcome.left.tag === 'unavailable' ? left({ ...outcome.left, tag: 'unknown' }) : outcome
        }
        sent = true
      }
      return right(undefined)
    },
    async close() {
      closed = true
      await working
      await discard()
    },
  }
}
