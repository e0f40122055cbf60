import { request } from 'node:http'

export interface Told {
  readonly id: string | undefined
  readonly data: Record<string, unknown> & { readonly kind: string; readonly revision: number }
}

const toldIn = (block: string): Told => {
  const lines = block.split('\n')
  const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  return { id: field('id'), data: JSON.parse(field('data') ?? 'null') }
}

/**
 * Reads a feed as a reader of Server-Sent Events does, one message at a time, until `enough` says so, the other side ends, or so
 * many bytes have come: then the socket is gone in the middle of whatever was being said.
 */
export const listen = (
  url: string,
  headers: Readonly<Record<string, string>>,
  hear: (told: Told) => boolean,
  bytes = Number.POSITIVE_INFINITY,
): Promise<'killed' | 'enough' | 'ended'> =>
  new Promise((resolve, reject) => {
    let left = bytes
    let text = Buffer.alloc(0)
    const asked = request(url, { headers }, (answer) => {
      if (answer.statusCode !== 200) {
        reject(new Error(`status ${answer.statusCode}`))
        return
      }
      const end = (how: 'killed' | 'enough' | 'ended'): void => {
        resolve(how)
        asked.destroy()
      }
      answer.on('data', (chunk: Buffer) => {
        text = Buffer.concat([text, chunk.subarray(0, left)])
        left -= chunk.length
        for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
          const block = text.subarray(0, at).toString()
          text = text.subarray(at + 2)
          if (hear(toldIn(block))) return end('enough')
        }
        return left <= 0 ? end('killed') : undefined
      })
      answer.on('end', () => resolve('ended'))
      answer.on('error', () => resolve('ended'))
    })
    // One that was destroyed has said why before.
    asked.on('error', () => resolve('ended'))
    asked.end()
  })
