import type { Socket } from 'node:net'

/** What is said on and on. Nothing is queued for who says it: whoever reads slowly is seen by what is waiting. */
export interface Outflow {
  /** Puts bytes on their way; those of several may be the very same. */
  readonly write: (bytes: Uint8Array | string) => void
  /** How many bytes nobody has taken yet. */
  readonly waiting: () => number
  /** How many were taken since it began. */
  readonly taken: () => number
  /** Comes back once all were taken, or nobody is there any more. */
  readonly drained: () => Promise<void>
  /** There is nothing more to be said. */
  readonly end: () => void
  /** Does not wait for what was not taken. */
  readonly hangUp: () => void
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed || !socket.writableNeedDrain) {
      resolve()
      return
    }
    const over = (): void => {
      socket.off('drain', over).off('close', over)
      resolve()
    }
    socket.once('drain', over).once('close', over)
  })

/** Straight to the socket of a connection that is used for nothing else any more. */
export const outflowOf = (socket: Socket): Outflow => ({
  write: (bytes) => {
    if (socket.writable) void socket.write(bytes)
  },
  waiting: () => socket.writableLength,
  taken: () => socket.bytesWritten - socket.writableLength,
  drained: () => drained(socket),
  // The other side may never say that it has ended too, and would be held open for ever.
  end: () => {
    socket.destroySoon()
  },
  hangUp: () => {
    socket.destroy()
  },
})
