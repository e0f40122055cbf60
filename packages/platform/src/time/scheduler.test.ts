import { getEventListeners } from 'node:events'
import { systemScheduler } from './scheduler'

const hour_ms = 3_600_000

describe("the machine's own time", () => {
  it('comes back when told to, without an error, and leaves nothing waiting for the signal', async () => {
    const stop = new AbortController()
    const sleeping = systemScheduler.sleep(hour_ms, stop.signal)
    stop.abort()
    await expect(sleeping).resolves.toBeUndefined()
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
  })

  it('does not sleep at all where it was told before', async () => {
    await expect(systemScheduler.sleep(hour_ms, AbortSignal.abort())).resolves.toBeUndefined()
  })

  it('comes back by itself, and then too leaves nothing waiting for the signal', async () => {
    const stop = new AbortController()
    const began = systemScheduler.now()
    await systemScheduler.sleep(20, stop.signal)
    expect(systemScheduler.now() - began).toBeGreaterThanOrEqual(19)
    expect(getEventListeners(stop.signal, 'abort')).toEqual([])
  })
})
