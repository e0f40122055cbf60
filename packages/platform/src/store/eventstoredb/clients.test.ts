import { EventStoreDBClient } from '@eventstore/db-client'
import { distinct, paced } from './clients'

const never = new AbortController().signal

describe('clients of one server', () => {
  it.each([
    ['esdb://a:2113', /^esdb:\/\/a:2113\?keepAliveTimeout=1\d{4}$/],
    ['esdb://a:2113?tls=false', /^esdb:\/\/a:2113\?tls=false&keepAliveTimeout=1\d{4}$/],
    ['esdb://a:2113?keepAliveTimeout=20000&tls=false', /^esdb:\/\/a:2113\?tls=false&keepAliveTimeout=2\d{4}$/],
    ['esdb://a:2113?tls=false&keepAliveTimeout=20000', /^esdb:\/\/a:2113\?tls=false&keepAliveTimeout=2\d{4}$/],
  ])('of %s differ from each other in their options, and so have a connection each', (given, form) => {
    const [one, other] = [distinct(given), distinct(given)]
    expect(one).toMatch(form)
    expect(other).toMatch(form)
    expect(one).not.toBe(other)
  })

  it('are opened a few at once, and then five a second', async () => {
    let now = 0
    const at: number[] = []
    jest.spyOn(EventStoreDBClient, 'connectionString').mockImplementation(() => {
      at.push(now)
      return {} as EventStoreDBClient
    })
    const sleep = async (ms: number) => {
      now += ms
    }
    const open = paced('esdb://a:2113', { now: () => now, sleep })
    for (let i = 0; i < 14; i += 1) await open(never)
    expect(at.slice(0, 4)).toEqual([0, 0, 0, 0])
    expect(at.slice(4)).toEqual([200, 400, 600, 800, 1_000, 1_200, 1_400, 1_600, 1_800, 2_000])
    jest.restoreAllMocks()
  })
})
