import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSpool, quiet, systemScheduler } from '@novation/platform'
import type { JobAsked } from './asked'
import type { JobEnd, JobTask } from './job'
import { keepJobs } from './keep-jobs'

const folder = mkdtempSync(join(tmpdir(), 'novation-keep-jobs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const spot = { revision: 7, hash: 'a'.repeat(64), at: '2020-03-12T10:00:00.000Z' }
const wanted = (of: string): JobAsked => ({ kind: 'explain', of })
const done: JobEnd = { tag: 'done', content: 'application/json', bytes: 3 }

/** Jobs whose work ends when the test says so, by the word they are of. */
const jobsIn = (name: string) => {
  const working = new Map<
    string,
    { readonly task: JobTask; readonly end: (end: JobEnd) => void; readonly signal: AbortSignal }
  >()
  const clock = { now: Date.parse('2026-01-01T00:00:00Z') }
  const spool = openSpool(join(folder, name))
  const jobs = keepJobs(
    {
      spool,
      run: (task, hear, signal) =>
        new Promise((resolve) => {
          hear({ done: 1, total: 8 })
          signal.addEventListener('abort', () => resolve({ tag: 'stopped' }))
          working.set((task.asked as { readonly of: string }).of, { task, end: resolve, signal })
        }),
    },
    { ...systemScheduler, now: () => clock.now },
    (error) => {
      throw error
    },
  )
  const begin = async (of: string): Promise<string> => {
    const begun = await jobs.begin('main', wanted(of), spot)
    if (begun._tag === 'Left') throw new Error(begun.left.code)
    return begun.right.id
  }
  const until = async (so: () => boolean): Promise<void> => {
    while (!so()) await quiet()
  }
  const stateOf = (id: string): string | undefined => jobs.find('main', id)?.state
  return { jobs, spool, clock, begin, working, until, stateOf }
}

describe('the jobs of a gateway', () => {
  it('are worked on one after the other, in the order in which they were asked', async () => {
    const { jobs, begin, working, until, stateOf } = jobsIn('order')
    const [first, second] = [await begin('a'), await begin('b')]
    await until(() => working.has('a'))
    expect([stateOf(first), stateOf(second)]).toEqual(['running', 'waiting'])
    expect(jobs.find('main', first)?.progress).toEqual({ done: 1, total: 8 })
    expect(jobs.stats()).toEqual({ waiting: 1, running: 1 })
    working.get('a')?.end(done)
    await until(() => working.has('b'))
    expect([stateOf(first), stateOf(second)]).toEqual(['done', 'running'])
    expect(jobs.all('main').map(({ id }) => id)).toEqual([second, first])
    expect(jobs.all('other')).toEqual([])
    expect(jobs.find('other', first)).toBeUndefined()
  })

  it('are at most sixteen that wait', async () => {
    const { jobs, begin, working, until } = jobsIn('many')
    await begin('first')
    await until(() => working.has('first'))
    for (let i = 0; i < 16; i += 1) await begin(`w${i}`)
    expect(await jobs.begin('main', wanted('more'), spot)).toMatchObject({ left: { code: 'too-many' } })
    expect(await jobs.begin('main', wanted('w3'), spot)).toMatchObject({ right: { state: 'waiting' } })
  })

  it('are stopped where they wait and where they run, and the next one begins', async () => {
    const { jobs, begin, working, until, stateOf } = jobsIn('stop')
    const [a, b, c] = [await begin('a'), await begin('b'), await begin('c')]
    await until(() => working.has('a'))
    expect(await jobs.stop('main', b)).toMatchObject({ state: 'stopped' })
    expect(await jobs.stop('main', a)).toMatchObject({ state: 'stopped' })
    expect(working.get('a')?.signal.aborted).toBe(true)
    await until(() => working.has('c'))
    expect([stateOf(a), stateOf(b), stateOf(c)]).toEqual(['stopped', 'stopped', 'running'])
    expect(working.has('b')).toBe(false)
    await begin('b')
    expect(stateOf(b)).toBe('waiting')
    expect(await jobs.stop('other', c)).toBeUndefined()
  })

  it('fail where the work fails, and say why', async () => {
    const spool = openSpool(join(folder, 'fails'))
    const run = () => Promise.reject(new Error('the thread ended with code 1'))
    const jobs = keepJobs({ spool, run }, systemScheduler, () => undefined)
    const begun = await jobs.begin('main', wanted('a'), spot)
    const { id } = (begun as { readonly right: { readonly id: string } }).right
    while (jobs.find('main', id)?.state !== 'failed') await quiet()
    expect(jobs.find('main', id)?.why?.detail).toContain('the thread ended with code 1')
  })

  it('are known to the next life: what was done is there, what was not is lost, and begins anew where it is wanted', async () => {
    const first = jobsIn('lives')
    const [a, b, c] = [await first.begin('a'), await first.begin('b'), await first.begin('c')]
    await first.until(() => first.working.has('a'))
    first.working.get('a')?.end(done)
    await first.until(() => first.working.has('b'))
    first.jobs.close()
    const second = jobsIn('lives')
    await second.jobs.open()
    expect([a, b, c].map(second.stateOf)).toEqual(['done', 'lost', 'lost'])
    expect(second.jobs.find('main', c)?.why?.code).toBe('job-lost')
    expect(await second.begin('c')).toBe(c)
    await second.until(() => second.working.has('c'))
    expect(second.working.has('b')).toBe(false)
  })

  it('are kept for a day, and as long as all of them are no more than a gibibyte', async () => {
    const { jobs, spool, clock, begin, working, until, stateOf } = jobsIn('tidy')
    const finish = async (of: string, bytes: number): Promise<string> => {
      const writing = await begin(of).then(async (id) => ({ id, text: await spool.write(id) }))
      await writing.text.keep()
      await until(() => working.has(of))
      working.get(of)?.end({ ...done, bytes })
      await until(() => stateOf(writing.id) === 'done' && jobs.stats().running === 0)
      return writing.id
    }
    const old = await finish('old', 10)
    clock.now += 23 * 3_600_000
    const large = await finish('large', 900 << 20)
    expect(stateOf(old)).toBe('done')
    clock.now += 2 * 3_600_000
    const larger = await finish('larger', 200 << 20)
    expect([stateOf(old), stateOf(large), stateOf(larger)]).toEqual([undefined, undefined, 'done'])
    expect([...(await spool.list())].sort()).toEqual([larger, `${larger}.job`].sort())
  })
})
