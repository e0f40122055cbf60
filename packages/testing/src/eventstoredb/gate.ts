import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A door before the server, so that connections can break without the server knowing beforehand. */
export interface Gate {
  readonly port: number
  /** Breaks every connection that is open now. */
  drop(): void
  /** Every connection that is open now swallows what it is given, both ways, and is never closed. */
  freeze(): void
  /** Nobody gets in, and whoever is in is thrown out: the process is gone, and its port answers nothing. */
  shut(): Promise<void>
  /** Lets callers in again, on the same port. */
  open(): Promise<void>
  /** How many connections were ever let in. */
  entered(): number
  close(): Promise<void>
}

const listen = async (door: Server, port: number): Promise<void> => {
  door.listen(port, '127.0.0.1')
  await once(door, 'listening')
}

export const openGate = async (target: number, port: number): Promise<Gate> => {
  const sockets = new Set<Socket>()
  let entered = 0
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.setNoDelay(true).once('close', () => sockets.delete(socket))
  }
  const door = createServer((outside) => {
    entered += 1
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
  await listen(door, port)
  const known = (door.address() as AddressInfo).port
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const shut = async () => {
    if (!door.listening) return
    const closed = once(door, 'close')
    door.close()
    drop()
    await closed
  }
  return {
    port: known,
    drop,
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
    shut,
    open: async () => {
      if (!door.listening) await listen(door, known)
    },
    entered: () => entered,
    close: async () => {
      drop()
      await shut()
    },
  }
}
