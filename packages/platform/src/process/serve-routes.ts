import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Asked, headersOf, type Said } from './asked'
import { answerPlainly, type Conversing, converse } from './conversations'
import type { HttpSettings } from './http'
import { type Outflow, outflowOf } from './outflow'

/** Where to answer, and, where nobody in between does it, with what certificate (PEM). */
export interface Listening extends HttpSettings {
  readonly tls?: { readonly cert: string; readonly key: string }
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS'
  /** `/v1/pools/:pool`. */
  readonly path: string
  readonly handle: (asked: Asked) => Said | Promise<Said>
}

/** Why a request reached no route, or its route gave no answer. Of one that is `unread` or has too large a head, nothing is known. */
export type Unserved =
  | 'not-found'
  | 'bad-url'
  | 'too-large'
  | 'head-too-large'
  | 'bad-encoding'
  | 'bad-request'
  | 'unread'
  | 'failed'

export interface Served {
  readonly routes: readonly Route[]
  /** Where both sides speak, if anywhere. */
  readonly conversing?: Conversing
  /** What is said where no route answers; `error` where one should have. */
  readonly otherwise: (why: Unserved, asked: Asked, error?: unknown) => Said
  readonly limits: {
    readonly body_bytes: number
    readonly headers_bytes: number
    /** How long a request may take to arrive. */
    readonly arrival_ms: number
    readonly sockets: number
  }
}

const unservedBy: Readonly<Record<string, Unserved>> = {
  FST_ERR_BAD_URL: 'bad-url',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'bad-encoding',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
}

const whyOf = (error: unknown): Unserved => {
  const { code = '', statusCode } = error as { readonly code?: string; readonly statusCode?: number }
  return unservedBy[code] ?? (statusCode === 400 ? 'bad-request' : 'failed')
}

/** Aborted once nobody waits for an answer any more. */
const leaving = (raw: ServerResponse): AbortSignal => {
  const left = new AbortController()
  if (raw.closed) left.abort()
  else raw.once('close', () => left.abort())
  return left.signal
}

/** A class, since an object that is written with a getter costs as much to make as a tenth of an answer. */
class Request implements Asked {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly params: Asked['params']
  readonly query: string
  readonly headers: Asked['headers']
  readonly peer: string
  readonly body: string
  readonly #raw: ServerResponse
  #left: AbortSignal | undefined

  constructor({ id, method, params, raw, headers, socket, body }: FastifyRequest, reply: FastifyReply) {
    const url = raw.url ?? '/'
    const mark = url.indexOf('?')
    this.id = id
    this.method = method
    this.path = mark < 0 ? url : url.slice(0, mark)
    this.params = (params ?? {}) as Record<string, string>
    this.query = mark < 0 ? '' : url.slice(mark + 1)
    this.headers = headersOf(headers)
    this.peer = socket.remoteAddress ?? ''
    this.body = typeof body === 'string' ? body : ''
    this.#raw = reply.raw
  }

  /** Most are answered at once, and never ask. */
  get left(): AbortSignal {
    this.#left ??= leaving(this.#raw)
    return this.#left
  }
}

const askedBy = (request: FastifyRequest, reply: FastifyReply): Asked => new Request(request, reply)

const unreadRequest = (): Asked => ({
  id: randomUUID(),
  method: '',
  path: '',
  params: {},
  query: '',
  headers: {},
  peer: '',
  body: '',
  left: new AbortController().signal,
})

/** What cannot be read as a request is told so too, and hung up on. */
const turnAway = (otherwise: Served['otherwise']) => (error: NodeJS.ErrnoException, socket: Socket) => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const why = error.code === 'HPE_HEADER_OVERFLOW' ? 'head-too-large' : 'unread'
  answerPlainly(socket, otherwise(why, unreadRequest()))
}

/** The plugins and hooks of the server have no part in an answer that goes on, so it brings all of its headers. */
const flow = async (reply: FastifyReply, { status, headers }: Said, body: (out: Outflow) => Promise<void>) => {
  const { raw } = reply.hijack()
  // It ends where the connection does, so its bytes need no frames and can be shared.
  raw.shouldKeepAlive = false
  raw.removeHeader('transfer-encoding')
  raw.writeHead(status, { ...headers, connection: 'close' }).flushHeaders()
  const { socket } = raw
  if (socket === null) return reply
  const out = outflowOf(socket)
  await body(out).finally(() => out.end())
  return reply
}

const send = (reply: FastifyReply, said: Said): FastifyReply | Promise<FastifyReply> =>
  typeof said.body === 'function'
    ? flow(reply, said, said.body)
    : reply.code(said.status).headers(said.headers).send(said.body)

const notModified = 304

/** So often it is looked for requests that have not arrived, in the time in which they should. */
const looks = 10

/** What a route says at once, which is most of what is ever said, goes out as it is: there are no hooks that would change it. */
const say = (reply: FastifyReply, said: Said): Promise<FastifyReply> | undefined => {
  const { status, headers, body } = said
  if (typeof body === 'function') return flow(reply, said, body)
  const { raw } = reply.hijack()
  // One after the other, as Node writes them: another object would be made for nothing.
  const lines: string[] = []
  for (const name in headers) lines.push(name, headers[name] ?? '')
  if (status !== notModified) lines.push('content-length', String(Buffer.byteLength(body)))
  raw.writeHead(status, lines).end(body)
  return undefined
}

/**
 * Serves a table of routes. Bodies are taken as text, unencoded and bounded; whatever goes wrong before or in a route is put
 * into words by `otherwise`. Answers where it listens and how to stop.
 */
export const serveRoutes = async (
  { host, port, tls }: Listening,
  { routes, conversing, otherwise, limits }: Served,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  // Loaded here, since most commands of the same program serve nothing.
  const { default: fastify } = await import('fastify')
  const server = fastify({
    genReqId: () => randomUUID(),
    bodyLimit: limits.body_bytes,
    requestTimeout: limits.arrival_ms,
    [tls === undefined ? 'http' : 'https']: {
      maxHeaderSize: limits.headers_bytes,
      headersTimeout: limits.arrival_ms,
      // Node looks only so often for those whose time is over, by itself every thirty seconds.
      connectionsCheckingInterval: limits.arrival_ms / looks,
      ...tls,
    },
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    clientErrorHandler: turnAway(otherwise),
    frameworkErrors: (error, request, reply) =>
      void send(reply as FastifyReply, otherwise(whyOf(error), askedBy(request, reply as FastifyReply), error)),
  })
  server.server.maxConnections = limits.sockets
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
  server.addHook('onRequest', (request, reply, done) => {
    const { 'content-encoding': encoding = 'identity' } = request.headers
    if (encoding === 'identity') done()
    else void send(reply, otherwise('bad-encoding', askedBy(request, reply)))
  })
  server.setNotFoundHandler((request, reply) => send(reply, otherwise('not-found', askedBy(request, reply))))
  server.setErrorHandler((error, request, reply) =>
    send(reply, otherwise(whyOf(error), askedBy(request, reply), error)),
  )
  for (const { method, path, handle } of routes)
    server.route({
      method,
      url: path,
      // What is there at once waits for nobody: each promise on the way would cost as much as reading the request.
      handler: (request, reply) => {
        const said = handle(askedBy(request, reply))
        return said instanceof Promise ? said.then((one) => say(reply, one) ?? reply) : say(reply, said)
      },
    })
  const hangUp =
    conversing === undefined
      ? () => undefined
      : await converse(server.server, conversing, (asked) => otherwise('not-found', asked))
  const url = await server.listen({ host, port })
  return {
    url,
    close: () => {
      hangUp()
      return server.close()
    },
  }
}
