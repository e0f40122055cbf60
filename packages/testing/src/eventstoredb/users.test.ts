import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { makeAuthority } from '../certificates'
import { type EventStoreDbServer, startEventStoreDb } from './server'

const events = (count: number) => Array.from({ length: count }, (_, n) => jsonEvent({ type: 'Ticked', data: { n } }))

describe('the EventStoreDB protocol server with TLS and users', () => {
  const authority = makeAuthority()
  let server: EventStoreDbServer
  const clients: EventStoreDBClient[] = []
  let different = 9_000
  const as = (user: string, password = 'secret') => {
    const options = `tlsCAFile=${encodeURIComponent(authority.file)}&keepAliveTimeout=${different++}`
    const client = EventStoreDBClient.connectionString(`esdb://${user}:${password}@localhost:${server.port}?${options}`)
    clients.push(client)
    return client
  }
  beforeEach(async () => {
    server = await startEventStoreDb({ tls: authority.issue(), users: { admin: 'secret', novation: 'secret' } })
  })
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()))
    await server.stop()
  })
  afterAll(() => authority.remove())

  const all = async (client: EventStoreDBClient) => {
    let count = 0
    for await (const _ of client.readAll()) count += 1
    return count
  }

  it('lets a user in with the right password, and ends the call of one with another', async () => {
    await as('novation').appendToStream('a', events(1))
    await expect(as('novation', 'wrong').appendToStream('a', events(1))).rejects.toMatchObject({ code: 16 })
    expect(server.count('a')).toBe(1)
  })

  it('lets who was let in go on after a change of the password', async () => {
    const client = as('novation')
    await client.appendToStream('a', events(1))
    server.setPassword('novation', 'changed')
    await client.appendToStream('a', events(1))
    await expect(as('novation').appendToStream('a', events(1))).rejects.toMatchObject({ code: 16 })
    await as('novation', 'changed').appendToStream('a', events(1))
    expect(server.count('a')).toBe(3)
  })

  it('shows all streams together to administrators only', async () => {
    await as('novation').appendToStream('a', events(1))
    await expect(all(as('novation'))).rejects.toMatchObject({ type: 'access-denied' })
    expect(await all(as('admin'))).toBe(2)
  })

  it('lets a plain user delete any stream, unless its metadata or the settings say otherwise', async () => {
    const [user, admin] = [as('novation'), as('admin')]
    for (const stream of ['a', 'b', 'c']) await user.appendToStream(stream, events(1))
    await user.deleteStream('a')
    await admin.setStreamMetadata('b', { acl: { deleteRoles: ['$admins'], metaWriteRoles: ['$admins'] } })
    await expect(user.deleteStream('b')).rejects.toMatchObject({ type: 'access-denied' })
    await expect(user.setStreamMetadata('b', {})).rejects.toMatchObject({ type: 'access-denied' })
    await user.appendToStream('b', events(1))
    await admin.appendToStream('$settings', [
      jsonEvent({ type: 'update', data: { $userStreamAcl: { $d: '$admins' } } }),
    ])
    await expect(user.deleteStream('c')).rejects.toMatchObject({ type: 'access-denied' })
    await expect(user.appendToStream('$settings', events(1))).rejects.toMatchObject({ type: 'access-denied' })
  })
})
