import { type Log, openHealth, type Standing } from '@novation/platform'
import { ownedTime } from '@novation/platform/kit'
import { mostInASecond } from './kit/stormy-ledger'
import { watchStore } from './store-watch'

const watched = () => {
  const { scheduler, goOn } = ownedTime()
  const lines: { readonly at: number; readonly text: string; readonly fields: object }[] = []
  const say = (level: string) => (fields: object, text: string) =>
    void lines.push({ at: scheduler.now(), text: `${level}: ${text}`, fields })
  const log: Log = {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    fatal: say('fatal'),
  }
  const health = openHealth(['ledger'], [], 60_000, scheduler)
  const heard = watchStore(log, health, scheduler)
  const began = scheduler.now()
  const standing = (why: Standing['why'] = 'away'): Standing => ({ why, since: began, reason: 'nobody answers' })
  return { goOn: (ms: number) => goOn(ms, 1), lines, health, heard, standing, scheduler }
}

describe('a store that is watched', () => {
  it('is worth no line while it misses for less than two seconds, and is told in health at once', async () => {
    const { goOn, lines, health, heard, standing } = watched()
    heard(standing())
    expect(health.readiness()).toEqual([
      { name: 'store', ok: false, detail: 'store away since 2020-03-12T10:00:00.000Z: nobody answers' },
    ])
    await goOn(1_999)
    heard(standing())
    heard(undefined)
    expect(lines).toEqual([])
    expect(health.readiness()).toEqual([{ name: 'store', ok: true, detail: 'there' }])
  })

  it('has a line when it is away, one a minute, and one when it is back', async () => {
    const { goOn, lines, heard, standing } = watched()
    for (let second = 0; second <= 130; second += 1) {
      heard(standing())
      await goOn(1_000)
    }
    heard(undefined)
    await goOn(1_000)
    const away = 'warn: the store is away; everything waits for it, and nothing is lost'
    expect(lines.map(({ text }) => text)).toEqual([away, away, away, 'info: the store is there again'])
    expect(lines[0]?.fields).toEqual({ why: 'away', since: '2020-03-12T10:00:00.000Z', reason: 'nobody answers' })
    expect(lines.at(-1)?.fields).toEqual({ away_s: 131 })
  })

  it('that lets nobody in is said loudly', async () => {
    const { goOn, lines, health, heard, standing } = watched()
    heard(standing('forbidden'))
    await goOn(2_000)
    heard(standing('forbidden'))
    expect(lines.map(({ text }) => text)).toEqual([expect.stringMatching(/^error: the store does not let this user/)])
    expect(health.without()).toEqual({ away: 0, forbidden: 2 })
  })

  it('that comes and goes has never two lines in a second', async () => {
    const { goOn, lines, heard, scheduler } = watched()
    for (let turn = 0; turn < 10; turn += 1) {
      const since = scheduler.now()
      await goOn(2_000)
      heard({ why: 'away', since, reason: 'nobody answers' })
      await goOn(50)
      heard(undefined)
    }
    await goOn(2_000)
    expect(lines.length).toBeGreaterThan(10)
    expect(mostInASecond(lines)).toBe(1)
  })

  it('keeps whoever waits for it alive, and counts their silence from when it is back', async () => {
    const { goOn, health, heard, standing } = watched()
    heard(standing())
    await goOn(600_000)
    expect(health.live()).toMatchObject([{ ok: true }])
    heard(undefined)
    expect(health.live()).toMatchObject([{ ok: true }])
    await goOn(60_001)
    expect(health.live()).toMatchObject([{ ok: false }])
  })
})
