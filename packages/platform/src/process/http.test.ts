import { openHealth } from './health'
import { serveHttp } from './http'
import { openMetrics } from './metrics'

const served = async () => {
  let now = 0
  const health = openHealth(['margin'], ['margin'], 1_000, { now: () => now, sleep: async () => undefined })
  const metrics = openMetrics()
  const refresh = () => metrics.set('novation_accounts', { pool: 'main' }, 7)
  const { url, close } = await serveHttp(
    { host: '127.0.0.1', port: 0 },
    { health, metrics, version: { version: '9' }, refresh },
  )
  const get = async (path: string) => {
    const answer = await fetch(url + path)
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
  const stall = () => {
    now = 1_001
  }
  return { health, get, close, stall }
}

describe('what a process tells whoever looks after it', () => {
  it('is that it lives and is ready, in a word, or by each check', async () => {
    const { health, get, close, stall } = await served()
    try {
      expect(await get('/livez')).toMatchObject({ status: 200, text: 'ok\n', type: 'text/plain' })
      expect(await get('/readyz')).toMatchObject({ status: 503, text: 'margin is not well\n' })
      health.ready('margin')
      expect(await get('/readyz')).toMatchObject({ status: 200, text: 'ok\n' })
      stall()
      expect(await get('/readyz')).toMatchObject({ status: 503, text: 'margin is not well\n' })
      const { status, text } = await get('/livez?verbose')
      expect([status, JSON.parse(text)]).toEqual([
        503,
        { ok: false, checks: [{ name: 'margin', ok: false, detail: 'last active 1.0 s ago' }] },
      ])
      expect(JSON.parse((await get('/readyz?verbose')).text).checks).toHaveLength(3)
    } finally {
      await close()
    }
  })

  it('is its metrics as they are now, and its version', async () => {
    const { get, close } = await served()
    try {
      const { text, type } = await get('/metrics')
      expect(text).toContain('novation_accounts{pool="main"} 7')
      expect(type).toContain('text/plain; version=')
      expect(JSON.parse((await get('/version')).text)).toEqual({ version: '9' })
      expect((await get('/else')).status).toBe(404)
    } finally {
      await close()
    }
  })
})
