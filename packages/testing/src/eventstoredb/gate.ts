import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A door before the server, so that connections can break without the server knowing beforehand. */
export interface Gate {
  readonly port: number
  /** Breaks every connection that is open now. */
  drop(): void
  close(): Promise<void>
}

export const openGate = async (target: number, port: number): Promise<Gate> => {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.setNoDelay(true).once('close', () => sockets.delete(socket))
  }
  const door = createServer((outside) => {
    const inside = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [keep(outside), keep(inside)],
      [inside, outside],
    ] as const) {
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  door.listen(port, '127.0.0.1')
  await once(door, 'listening')
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (door.address() as AddressInfo).port,
    drop,
    close: async () => {
      const closed = once(door, 'close')
      door.close()
      drop()
      await closed
    },
  }
}
