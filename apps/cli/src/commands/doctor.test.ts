import { chmodSync } from 'node:fs'
import { type EventStoreDbServer, makeAuthority, startEventStoreDb } from '@novation/testing'
import { exitCodes } from '../exit-code'
import { testWorld } from '../test-world'

const world = testWorld()
const authority = makeAuthority()
let server: EventStoreDbServer
beforeAll(async () => {
  server = await startEventStoreDb({ tls: authority.issue(), users: { admin: 'secret', novation: 'secret' } })
})
afterAll(async () => {
  await server.stop()
  authority.remove()
})

const as = (user: string, password = 'secret'): readonly string[] => {
  const file = world.file(`${user}.secret`, `${password}\n`)
  chmodSync(file, 0o600)
  return [
    `--eventstore=esdb://localhost:${server.port}`,
    `--eventstore-user=${user}`,
    `--eventstore-secret=${file}`,
    `--eventstore-ca=${authority.file}`,
  ]
}

describe('novation doctor', () => {
  it('tells of each thing it looked at how it is and what to do', async () => {
    const before = await world.take(['doctor', ...as('novation'), '--pools=main'])
    expect(before.code).toBe(exitCodes.failed)
    expect(before.out).toMatch(/^ok +TLS: on, as novation; the certificate holds until \d{4}-\d\d-\d\d$/m)
    expect(before.out).toMatch(/^note +reading all streams: not allowed: name the pool with --pool/m)
    expect(before.out).toMatch(/^wrong +ledger-main, against deletion and truncation: novation may .*--protect$/m)
    expect((await world.take(['doctor', ...as('admin'), '--protect'])).code).toBe(exitCodes.ok)
    const after = await world.take(['doctor', ...as('novation'), '--pools=main'])
    expect(after.out).toMatch(/^ok +ledger-main, against deletion and truncation: protected$/m)
    expect(after.code).toBe(exitCodes.ok)
  })

  it('and every command that reads it, asks as whom it is told, with the password of a file', async () => {
    const { err } = await world.take(['solvency', ...as('novation'), '--pool=main'])
    expect(err).toContain('there is no event in this ledger')
  })

  it('ends as `start` does where the connection string is wrong: with one sentence that says what to change', async () => {
    const wrong = as('novation', 'mistaken')
    const doctor = await world.take(['doctor', ...wrong])
    expect(doctor).toMatchObject({
      code: exitCodes.failed,
      out: expect.stringContaining('by this password: correct them'),
    })
    const start = await world.take(['start', 'ledger', '--kafka=127.0.0.1:1', ...wrong])
    expect(start.code).toBe(exitCodes.usage)
    expect(start.err).toMatch(/why: reading ledger-main: unauthenticated: .* by this password: correct them/)
    expect(start.err + doctor.out).not.toContain('mistaken')
  })

  it('names the pool that is wanted where a command may not look for it', async () => {
    const { code, err } = await world.take(['solvency', ...as('novation')])
    expect({ code, err }).toEqual({ code: exitCodes.usage, err: expect.stringContaining('name it with --pool') })
  })

  it('answers with exit code 5 where the server is away, as a command does that waited long enough', async () => {
    const gone = await startEventStoreDb()
    await gone.stop()
    const connection = `--eventstore=${gone.connectionString}`
    expect((await world.take(['doctor', connection])).code).toBe(exitCodes.unavailable)
    const began = Date.now()
    const { code, err } = await world.take(['verify', connection, '--pool=main', '--wait=1'])
    expect({ code, err }).toEqual({ code: exitCodes.unavailable, err: expect.stringContaining('ECONNREFUSED') })
    expect(Date.now() - began).toBeGreaterThanOrEqual(900)
  })
})
