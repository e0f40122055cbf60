import { WebSocket } from 'ws'

/** The other side of a conversation, as a program of anybody's would have it. */
export const openSocket = (url: string, headers: Readonly<Record<string, string>> = {}) => {
  const ws = new WebSocket(url, { headers, perMessageDeflate: false })
  const heard: string[] = []
  const waiting: ((text: string | undefined) => void)[] = []
  let isOver = false
  ws.on('message', (data: Buffer) => {
    const text = data.toString()
    const next = waiting.shift()
    if (next === undefined) heard.push(text)
    else next(text)
  })
  const ended = new Promise<{ readonly code: number; readonly status?: number }>((resolve) => {
    const over = (how: { readonly code: number; readonly status?: number }): void => {
      isOver = true
      for (const wake of waiting.splice(0)) wake(undefined)
      resolve(how)
    }
    ws.on('close', (code) => over({ code }))
    ws.on('unexpected-response', (_, { statusCode = 0 }) => over({ code: 0, status: statusCode }))
    // One that failed is closed too, and one that was turned away has said so.
    ws.on('error', () => undefined)
  })
  return {
    opened: new Promise<void>((resolve) => void ws.once('open', () => resolve())),
    say: (text: string | Buffer) => ws.send(text),
    /** The next text; undefined once there is none any more. */
    next: (): Promise<string | undefined> => {
      const text = heard.shift()
      if (text !== undefined || isOver) return Promise.resolve(text)
      return new Promise((resolve) => waiting.push(resolve))
    },
    /** The bytes below it all. */
    raw: () => ws,
    ended,
    kill: () => ws.terminate(),
  }
}
