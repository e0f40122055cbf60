import { openMarket } from './kit/house'
import { Problem } from './problem'

type Market = Awaited<ReturnType<typeof openMarket>>
let open: Market
beforeAll(async () => {
  open = await openMarket({ sleep: () => new Promise((resolve) => setImmediate(resolve)) })
})
afterAll(() => open.house.close())

describe('long work', () => {
  it('is begun, waited for and fetched, and heard of meanwhile', async () => {
    const heard: string[] = []
    const { job, text } = await open.pool.workOut(
      { kind: 'diff', from: '3' },
      { hear: ({ state }) => void heard.push(state) },
    )
    expect(JSON.parse(text)).toMatchObject({ pool: 'main', from: 3 })
    expect([heard[0], heard.at(-1)]).toEqual(['waiting', 'done'])
    expect((await open.pool.beginJob({ kind: 'diff', from: '3' })).id).toBe(job.id)
    expect((await open.pool.ask('jobs', {})).data.items.map(({ id }) => id)).toContain(job.id)
  })

  it('rejects with why it could not be done', async () => {
    const failed: unknown = await open.pool.workOut({ kind: 'explain', of: 'nobody' }).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(Problem)
    expect(failed).toMatchObject({ code: 'not-found' })
  })

  it('is stopped, and forgotten', async () => {
    const { id } = (await open.pool.workOut({ kind: 'verify' })).job
    expect((await open.pool.stopJob(id)).id).toBe(id)
    await expect(open.pool.ask('job', { job: id })).rejects.toMatchObject({ code: 'not-found' })
  })
})
