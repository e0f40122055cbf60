import { connect, createServer, type Socket } from 'node:net'

/**
 * A way to a port of this machine that ends after so many bytes of what comes back, in the middle of whatever was being
 * said. Answers its own port, and how to take it away.
 */
export const cutting = async (port: number, bytes: () => number) => {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    let left = bytes()
    const end = (): void => {
      for (const side of [near, far]) {
        side.destroy()
        open.delete(side)
      }
    }
    for (const side of [near, far]) {
      open.add(side)
      side.on('error', end).on('close', end)
    }
    near.pipe(far)
    far.on('data', (chunk: Buffer) => {
      near.write(chunk.subarray(0, left))
      left -= chunk.length
      if (left <= 0) near.end(() => near.destroy())
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: (): void => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
