import { connect } from 'node:net'

/** Sends these very bytes to a port of this machine, and answers what comes back until the other side closes. */
export const raw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text
    })
    socket.on('end', () => resolve(heard)).on('error', reject)
  })
