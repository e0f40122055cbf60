import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** So often a connection dies; `npm run test:gateway` has it die a thousand times. */
export const deaths = Number(process.env.NOVATION_CUTS ?? '80')

/** Figures that look like chance and are the same every time. */
export const dice = (seed: number) => {
  let state = seed
  return (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % most
  }
}

/**
 * A way to a port of this machine that passes on what is said and hangs up, so many times, after so many bytes of it; `coming` hears of
 * each who comes. Then it lasts.
 */
export const dyingLine = async (port: number, times: number, life_bytes: () => number, coming: () => void) => {
  let left = times
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    open.add(near)
    coming()
    let life = left > 0 ? life_bytes() : Number.POSITIVE_INFINITY
    near.on('data', (bytes) => far.write(bytes))
    far.on('data', (bytes: Buffer) => {
      if (life <= 0) return
      near.write(bytes.subarray(0, life))
      life -= bytes.length
      if (life > 0) return
      left -= 1
      near.end(() => near.destroy())
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    left: () => left,
    close: () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}
