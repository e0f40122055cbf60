import { connect, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ISocketFactory } from 'kafkajs'

/** Every connection that one client opens. */
export interface Sockets {
  readonly open: ISocketFactory
  /** Ends what is still open; nothing is opened from now on. */
  end(): void
}

/** What the client is told of a connection that ends because it has parted itself: no failure. */
export const parted = 'its client has parted'

const keepAlive_ms = 60_000

/**
 * The client loses sight of a connection that it was opening while Kafka went away: it stays open when the client has
 * parted, and would keep the process. So its connections are counted here.
 */
export const openSockets = (): Sockets => {
  const sockets = new Set<ReturnType<ISocketFactory>>()
  let ended = false
  return {
    open: ({ host, port, ssl, onConnect }) => {
      if (ended) throw new Error(parted)
      const name = isIP(host) === 0 ? { servername: host } : {}
      const socket = ssl ? connectTls({ host, port, ...name, ...ssl }, onConnect) : connect({ host, port }, onConnect)
      sockets.add(socket)
      return socket.setKeepAlive(true, keepAlive_ms).once('close', () => sockets.delete(socket))
    },
    end: () => {
      ended = true
      // An error, not only an end: the client hears of it, and stops the timers that watch over the connection.
      for (const socket of sockets) socket.destroy(new Error(parted))
    },
  }
}
