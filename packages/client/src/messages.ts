import { createParser } from 'eventsource-parser'
import type { Message } from './generated/api'
import type { World } from './world'

export interface Heard {
  readonly message: Message
  /** Where to go on from: what this message and all before it said is known. */
  readonly cursor: string | undefined
}

/** A gateway says something at least every 15 seconds: one that says nothing for so long is gone, whatever the socket thinks. */
const silence_ms = 40_000

/** The next piece of what is said; nothing where nothing was said for too long. */
const heardWithin = async (reader: ReadableStreamDefaultReader<Uint8Array>, world: World) => {
  const heard = new AbortController()
  try {
    return await Promise.race([reader.read(), world.sleep(silence_ms, heard.signal).then(() => undefined)])
  } finally {
    heard.abort()
  }
}

/** What an answer that goes on says, message by message, each whole. Ends when the other side does, or falls silent. */
export async function* messagesIn(body: ReadableStream<Uint8Array>, world: World): AsyncGenerator<Heard, void> {
  const heard: Heard[] = []
  const parser = createParser({
    onEvent: ({ id, data }) => void heard.push({ message: JSON.parse(data), cursor: id }),
  })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const chunk = await heardWithin(reader, world)
      if (chunk === undefined || chunk.done) return
      parser.feed(decoder.decode(chunk.value, { stream: true }))
      yield* heard.splice(0)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
