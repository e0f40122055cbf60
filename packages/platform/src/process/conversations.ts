import { randomUUID } from 'node:crypto'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Server } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { type Asked, headersOf, type Said } from './asked'
import { type Outflow, outflowOf } from './outflow'

/** A connection on which both sides speak (RFC 6455): texts, each in a frame. */
export interface Conversation extends Omit<Outflow, 'end'> {
  /** Bytes of frames, as `frameOf` makes them, to be written to several. */
  readonly write: (frames: Uint8Array | string) => void
  /** Hears every text, in order; one that was never there hears nothing. */
  readonly hear: (heard: (text: string) => void) => void
  /** Ends it, and says why by a number that both sides know. */
  readonly close: (code: number, reason: string) => void
}

/** What is answered to who wants to converse: an answer as any other, or the conversation, over when that is. */
export type Opened = Said | ((talk: Conversation) => Promise<void>)

export interface Conversing {
  readonly path: string
  readonly open: (asked: Asked) => Promise<Opened>
  readonly limits: {
    readonly frame_bytes: number
    /** Of those that come; who sends more is listened to more slowly. */
    readonly frames_per_s: number
  }
}

const text_opcode = 1
const [short_bytes, long_bytes] = [125, 65_535]

/** A text as one frame of a server: not masked, not compressed, whole. */
export const frameOf = (text: string): Uint8Array => {
  const size = Buffer.byteLength(text)
  const head = size <= short_bytes ? 2 : size <= long_bytes ? 4 : 10
  const frame = Buffer.allocUnsafe(head + size)
  frame[0] = 0x80 | text_opcode
  if (head === 2) frame[1] = size
  else if (head === 4) {
    frame[1] = 126
    frame.writeUInt16BE(size, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(size), 2)
  }
  frame.write(text, head)
  return frame
}

const notText = 1003

const conversationOf = (ws: WebSocket, socket: Duplex): Conversation => {
  const { end: _, ...out } = outflowOf(socket as never)
  return {
    ...out,
    hear: (heard) => {
      ws.on('message', (data: Buffer, isBinary: boolean) => {
        if (isBinary) ws.close(notText, 'texts only')
        else heard(data.toString())
      })
    },
    close: (code, reason) => ws.close(code, reason),
  }
}

/** Of what came at once much is heard at once; of so many times what is listened to, nothing any more. */
const floods = 50
const tooMuch = 1008

/** Listens to so many frames a second, pings among them: then no more is read until the second is over. */
const throttle = (ws: WebSocket, most: number): void => {
  let heard = 0
  let timer: NodeJS.Timeout | undefined
  const count = (): void => {
    heard += 1
    if (heard === most) ws.pause()
    if (heard === floods * most) ws.close(tooMuch, 'too many frames')
    timer ??= setTimeout(() => {
      timer = undefined
      heard = 0
      ws.resume()
    }, 1000)
  }
  ws.on('message', count)
    .on('ping', count)
    .on('close', () => clearTimeout(timer))
}

const askedBy = (request: IncomingMessage, left: AbortSignal): Asked => {
  const [path = '', ...query] = (request.url ?? '/').split('?')
  return {
    id: randomUUID(),
    method: request.method ?? 'GET',
    path,
    params: {},
    query: query.join('?'),
    headers: headersOf(request.headers),
    peer: request.socket.remoteAddress ?? '',
    body: '',
    left,
  }
}

/** An answer to who wanted to converse and is not let. */
export const answerPlainly = (socket: Duplex, { status, headers, body }: Said): void => {
  const text = typeof body === 'string' ? body : ''
  const head = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(text)), connection: 'close' })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head.map(([name, said]) => `${name}: ${said}\r\n`).join('')}\r\n${text}`,
  )
}

/** Lets a server converse under one path; whoever asks for another is answered by `otherwise`. Answers how to end all of it. */
export const converse = async (
  server: Server,
  { path, open, limits }: Conversing,
  otherwise: (asked: Asked) => Said,
): Promise<() => void> => {
  const { WebSocketServer } = await import('ws')
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frame_bytes,
    perMessageDeflate: false,
    clientTracking: true,
  })
  const begin = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const left = new AbortController()
    // One that fails is closed too.
    socket.on('error', () => undefined).once('close', () => left.abort())
    const asked = askedBy(request, left.signal)
    const opened = asked.path === path ? await open(asked) : otherwise(asked)
    if (typeof opened !== 'function') return answerPlainly(socket, opened)
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('error', () => undefined)
      throttle(ws, limits.frames_per_s)
      void opened(conversationOf(ws, socket)).finally(() => ws.close())
    })
    return undefined
  }
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    void begin(request, socket, head).catch(() => socket.destroy())
  })
  return () => {
    for (const ws of sockets.clients) ws.terminate()
  }
}
