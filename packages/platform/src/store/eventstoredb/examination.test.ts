import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventStoreDBClient } from '@eventstore/db-client'
import { type EventStoreDbServer, makeAuthority, startEventStoreDb } from '@novation/testing'
import { right } from 'fp-ts/Either'
import { collect, written } from '../contract/collect'
import { sampleChain } from '../contract/sample-events'
import { noStream } from '../event-store'
import { openEventStoreDb } from './eventstoredb-store'
import { type ExaminationOptions, examineEventStoreDb, whyNotToBegin } from './examination'

const authority = makeAuthority()
const stranger = makeAuthority()
const folder = mkdtempSync(join(tmpdir(), 'novation-examined-'))
const certificate = authority.issue()
let plain: EventStoreDbServer
let secure: EventStoreDbServer
beforeAll(async () => {
  plain = await startEventStoreDb()
  secure = await startEventStoreDb({ tls: certificate, users: { admin: 'secret', novation: 'secret' } })
  writeFileSync(join(folder, 'empty.crt'), 'nothing')
})
afterAll(async () => {
  await Promise.all([plain.stop(), secure.stop()])
  for (const one of [authority, stranger]) one.remove()
  rmSync(folder, { recursive: true, force: true })
})

const ca = (file: string) => `tlsCAFile=${encodeURIComponent(file)}`
const as = (user: string) => `esdb://${user}:secret@localhost:${secure.port}?${ca(authority.file)}`
const examine = async (connectionString: string, options: Partial<ExaminationOptions> = {}) => {
  const findings = await examineEventStoreDb(connectionString, { pools: ['main'], timeout_ms: 1_500, ...options })
  return Object.fromEntries(findings.map(({ what, state, says }) => [what, `${state}: ${says}`]))
}

const bad: readonly (readonly [string, () => string, RegExp])[] = [
  ['an unknown option', () => `${plain.connectionString}&tlsVerify=false`, /no option "tlsVerify": leave it out/],
  ['a host that does not resolve', () => 'esdb://nowhere.invalid:2113?tls=false', /nowhere\.invalid does not resolve/],
  [
    'TLS against a plain server',
    () => `esdb://localhost:${plain.port}?${ca(authority.file)}`,
    /without TLS: add tls=fal/,
  ],
  [
    'no TLS against a server with it',
    () => `esdb://localhost:${secure.port}?tls=false`,
    /speaks TLS: leave out tls=fal/,
  ],
  [
    'a file of an authority that is missing',
    () => `esdb://localhost:${secure.port}?${ca('/no/ca')}`,
    /no file \/no\/ca/,
  ],
  [
    'a file of an authority that holds none',
    () => `esdb://localhost:${secure.port}?${ca(join(folder, 'empty.crt'))}`,
    /holds no certificate in PEM/,
  ],
  [
    'the file of another authority',
    () => `esdb://localhost:${secure.port}?${ca(stranger.file)}`,
    /authority that is not trusted here: name that authority's own certificate by tlsCAFile/,
  ],
  [
    'an IP address under TLS',
    () => `esdb://127.0.0.1:${secure.port}?${ca(authority.file)}`,
    /not for the address 127\.0\.0\.1: name the host/,
  ],
  [
    'a wrong password',
    () => `esdb://novation:wrong@localhost:${secure.port}?${ca(authority.file)}`,
    /does not know this user by this password: correct them/,
  ],
]

describe('what keeps services from an EventStoreDB', () => {
  it.each(bad)('is told in one sentence that says what to change: %s', async (_, connectionString, says) => {
    const findings = Object.values(await examine(connectionString()))
    expect(findings.filter((text) => text.startsWith('wrong:'))).toContainEqual(expect.stringMatching(says))
    const found = await whyNotToBegin(connectionString(), ['main'], true, 1_500)
    expect(found).toMatchObject({ state: 'wrong', says: expect.stringMatching(says) })
    expect(found?.says).not.toContain('\n')
  })

  it('is nothing where the server is only away: services wait', async () => {
    const gone = await startEventStoreDb()
    await gone.stop()
    expect(await whyNotToBegin(gone.connectionString, ['main'], true)).toBeUndefined()
    expect(await examine(gone.connectionString)).toEqual({
      EventStoreDB: expect.stringMatching(/^unavailable: .*ECONN/),
    })
  })

  it('is nothing where all is well', async () => {
    expect(await whyNotToBegin(plain.connectionString, ['main'], true)).toBeUndefined()
    expect(await whyNotToBegin(as('novation'), ['main'], true)).toBeUndefined()
  })

  it('is a right that its user lacks', async () => {
    const admin = EventStoreDBClient.connectionString(as('admin'))
    await admin.setStreamMetadata('ledger-closed', { acl: { readRoles: ['$admins'] } })
    await admin.setStreamMetadata('ledger-kept', { acl: { writeRoles: ['$admins'] } })
    await admin.dispose()
    expect(await whyNotToBegin(as('novation'), ['closed'], false)).toMatchObject({ what: 'reading ledger-closed' })
    expect(await whyNotToBegin(as('novation'), ['kept'], true)).toMatchObject({ what: 'writing ledger-kept' })
    expect(await whyNotToBegin(as('novation'), ['kept'], false)).toBeUndefined()
  })
})

describe('the examination of an EventStoreDB', () => {
  it('says as whom and until when and what may be done, and writes to a stream of its own only', async () => {
    const events = secure.log.all.length
    const found = await examine(as('novation'), { pools: ['fresh'] })
    expect(found).toMatchObject({
      TLS: expect.stringMatching(/^ok: on, as novation; the certificate holds until \d{4}-\d\d-\d\d$/),
      'reading all streams': expect.stringMatching(/^note: not allowed: name the pool/),
      'reading ledger-fresh': 'ok: allowed',
      'writing ledger-fresh': 'ok: allowed',
      'writing relay-fresh': 'ok: allowed',
      'ledger-fresh, against deletion and truncation': expect.stringMatching(
        /^wrong: novation may delete .* --protect$/,
      ),
      'ledger-fresh, its history': 'ok: nothing hides any of it',
    })
    expect(found['writing to novation-doctor, and reading it back']).toBe('ok: allowed')
    expect(secure.log.all.slice(events).map(({ stream }) => stream)).toEqual(['novation-doctor'])
    await examine(as('novation'), { pools: ['fresh'] })
    expect(secure.count('novation-doctor')).toBeGreaterThan(1)
  })

  it('of a server without TLS says that nothing is protected, and finds no fault with that', async () => {
    const found = await examine(plain.connectionString)
    expect(found.TLS).toMatch(/^note: off: whoever reaches the server/)
    expect(Object.values(found).filter((text) => text.startsWith('wrong'))).toEqual([])
  })

  it('protects a ledger as an administrator, and its writer may still write', async () => {
    const [user, admin] = [openEventStoreDb(as('novation')), as('admin')]
    const chain = sampleChain(2)
    expect(await user.append('ledger-safe', chain, noStream)()).toEqual(right(1))
    await examine(admin, { pools: ['safe'], protect: true })
    const found = await examine(as('novation'), { pools: ['safe'] })
    expect(found['ledger-safe, against deletion and truncation']).toBe('ok: protected')
    const next = sampleChain(1, chain.at(-1))
    expect(await user.append('ledger-safe', next, 1)()).toEqual(right(2))
    expect((await collect(user.read('ledger-safe', 0))).map(written)).toEqual([...chain, ...next])
    await user.close()
    expect(secure.log.stream('relay-safe')?.metadata).toMatchObject({ $maxCount: 10 })
  })

  it.each([
    ['held to a count that it has not reached', { maxCount: 100 }, /^wrong: \$maxCount will hide its first events/],
    ['cut', { truncateBefore: 1 }, /^wrong: .* hides the events before 1 \(\$tb is 1\): .*--bring-back$/],
  ])('says of a ledger that is %s what hides its events', async (_, metadata, says) => {
    const [store, client] = [openEventStoreDb(as('novation')), EventStoreDBClient.connectionString(as('novation'))]
    const pool = `limited${Object.keys(metadata)}`
    await store.append(`ledger-${pool}`, sampleChain(3), noStream)()
    await client.setStreamMetadata(`ledger-${pool}`, metadata)
    expect((await examine(as('novation'), { pools: [pool] }))[`ledger-${pool}, its history`]).toMatch(says)
    await client.dispose()
    await store.close()
  })

  it('leaves a deletion as it is where it only protects', async () => {
    const [store, client] = [openEventStoreDb(as('novation')), EventStoreDBClient.connectionString(as('novation'))]
    await store.append('ledger-doomed', sampleChain(3), noStream)()
    await client.deleteStream('ledger-doomed')
    const stands = secure.count('$$ledger-doomed')
    const found = await examine(as('admin'), { pools: ['doomed'], protect: true })
    expect(found['ledger-doomed, its history']).toMatch(/^wrong: ledger-doomed was deleted/)
    expect(secure.count('$$ledger-doomed')).toBe(stands)
    await client.dispose()
    await store.close()
  })

  it('brings back what was hidden, and says before that it is', async () => {
    const store = openEventStoreDb(as('novation'))
    const client = EventStoreDBClient.connectionString(as('novation'))
    const chain = sampleChain(3)
    await store.append('ledger-lost', chain, noStream)()
    await client.deleteStream('ledger-lost')
    const found = await examine(as('novation'), { pools: ['lost'] })
    expect(found['ledger-lost, its history']).toMatch(/^wrong: ledger-lost was deleted: .*--bring-back$/)
    await expect(store.last('ledger-lost')).rejects.toMatchObject({ how: 'deleted' })
    const after = await examine(as('admin'), { pools: ['lost'], bringBack: true })
    expect(after['ledger-lost, its history']).toBe('ok: nothing hides any of it')
    expect((await collect(store.read('ledger-lost', 0))).map(written)).toEqual(chain)
    await client.dispose()
    await store.close()
  })
})
