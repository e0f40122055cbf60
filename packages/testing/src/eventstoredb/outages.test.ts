import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { type EventStoreDbServer, startEventStoreDb } from './server'

const events = (count: number) => Array.from({ length: count }, (_, n) => jsonEvent({ type: 'Ticked', data: { n } }))

describe.each([
  ['in batches', true],
  ['one by one', false],
])('the EventStoreDB protocol server, appended to %s,', (_, batchAppend) => {
  let server: EventStoreDbServer
  const clients: EventStoreDBClient[] = []
  const connect = (to = server) => {
    const client = EventStoreDBClient.connectionString(to.connectionString)
    clients.push(client)
    return client
  }
  beforeEach(async () => {
    server = await startEventStoreDb({ batchAppend })
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) void client.dispose()
    await server.stop()
  })

  const append = (client: EventStoreDBClient, stream = 'a') =>
    client.appendToStream(stream, events(1), { requiresLeader: true })

  it('gives up an append without a word, and does it after all', async () => {
    server.faults.arm('append', { kind: 'timeout', delay_ms: 30 }, 1)
    await expect(append(connect())).rejects.toMatchObject({
      type: batchAppend ? 'deadline-exceeded' : 'timeout',
      ...(batchAppend && { message: '' }),
    })
    expect(server.count('a')).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(server.count('a')).toBe(1)
  })

  it('forbids a write, or a reading, and does nothing', async () => {
    const client = connect()
    server.faults.arm('append', { kind: 'forbid' }, 1)
    await expect(append(client)).rejects.toMatchObject({ type: 'access-denied' })
    server.faults.arm('read', { kind: 'forbid' }, 1)
    const reading = (async () => {
      for await (const _item of client.readStream('a')) throw new Error('nothing is there')
    })()
    await expect(reading).rejects.toMatchObject({ type: 'access-denied' })
    expect(server.count('a')).toBe(0)
  })

  it('ends the whole call of somebody it does not know', async () => {
    server.faults.arm('append', { kind: 'unauthenticated' }, 1)
    await expect(append(connect())).rejects.toMatchObject({ code: 16 })
    expect(server.count('a')).toBe(0)
  })

  it('lets a frozen connection stand, and a new one is well', async () => {
    const client = connect()
    await append(client)
    server.faults.arm('append', { kind: 'freeze' }, 1)
    const answer = append(client).then(
      () => 'answered',
      () => 'failed',
    )
    const silence = new Promise((resolve) => setTimeout(() => resolve('silence'), 100))
    expect(await Promise.race([answer, silence])).toBe('silence')
    expect(server.count('a')).toBe(2)
    // The same options would be given the same dead connection.
    const other = EventStoreDBClient.connectionString(`${server.connectionString}&keepAliveTimeout=9999`)
    clients.push(other)
    await append(other)
    expect(server.count('a')).toBe(3)
  })

  it('is away until it is opened again, at the same place', async () => {
    await append(connect())
    await server.shut()
    await expect(append(connect())).rejects.toMatchObject({ code: 14 })
    await server.reopen()
    expect(server.count('a')).toBe(1)
    const client = EventStoreDBClient.connectionString(`${server.connectionString}&keepAliveTimeout=9998`)
    clients.push(client)
    await append(client)
    expect(server.count('a')).toBe(2)
  })

  it('is not ready while it restarts, whatever it is asked', async () => {
    const ready = server.restart()
    const client = connect()
    await expect(append(client)).rejects.toThrow('Server Is Not Ready')
    ready()
    await append(client)
  })

  it('ends at a full disk, and does not do what it was asked', async () => {
    const client = connect()
    await append(client)
    server.faults.arm('append', { kind: 'full-disk' }, 1)
    await expect(append(client)).rejects.toMatchObject({ type: 'unavailable' })
    await expect(append(client)).rejects.toMatchObject({ code: 14 })
    expect(server.count('a')).toBe(1)
  })

  it('has its leader moved in the middle of an append, which is done and not answered', async () => {
    const other = await startEventStoreDb({ batchAppend, cluster: server, leader_port: server.port })
    const client = connect()
    server.faults.arm('append', { kind: 'depose', leader_port: other.port }, 1)
    other.follow(undefined)
    await expect(append(client)).rejects.toMatchObject({ type: 'unavailable' })
    expect([server.count('a'), other.count('a')]).toEqual([1, 1])
    await expect(append(connect())).rejects.toMatchObject({ type: 'not-leader', leader: { port: other.port } })
    await append(connect(other))
    expect(server.count('a')).toBe(2)
    await other.stop()
  })
})
