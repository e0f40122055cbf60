import { Agent, request } from 'node:http'
import { now_ms } from '../mesh/measure'
import type { Server } from './parent'

const together = 16

const get = (agent: Agent, url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const began = now_ms()
    request(url, { agent }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve(now_ms() - began)
        else reject(new Error(`${url}: status ${answer.statusCode}`))
      })
    })
      .on('error', reject)
      .end()
  })

/** So many questions, several at a time: what each took, and what it cost the server in processor time. */
export const askAll = async (server: Server, count: number, pathOf: (i: number) => string, atOnce = together) => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const took: number[] = []
  let next = 0
  const before = await server.ask('cpu')
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) took.push(await get(agent, server.url + pathOf(i)))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const after = await server.ask('cpu')
  agent.destroy()
  return { took, cpu_ms: (after.cpu_ms - before.cpu_ms) / count }
}
