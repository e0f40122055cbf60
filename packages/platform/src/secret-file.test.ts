import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeAccess, kafkaAccess } from './bus/kafka/access'
import { readSecret } from './secret-file'

const folder = mkdtempSync(join(tmpdir(), 'novation-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

describe('a file of a secret', () => {
  it('says it without the line feed that editors end files with', () => {
    expect(readSecret(file('plain', 'pass word'))).toBe('pass word')
    expect(readSecret(file('edited', 'pass word\n'))).toBe('pass word')
    expect(readSecret(file('windows', 'pass word\r\n'))).toBe('pass word')
  })

  it.each([
    ['can be read by others', () => file('open', 'x', 0o644), 'can be read by others', 'chmod 600'],
    ['is not there', () => join(folder, 'nothing'), 'cannot be read', 'name the file'],
    ['is empty', () => file('empty', '\n'), 'is empty', 'write the secret'],
  ])('is of no use where it %s', (_, path, message, remedy) => {
    const secret = path()
    expect(() => readSecret(secret)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) }),
    )
  })
})

describe('the way to Kafka', () => {
  const secret = (): string => file('secret', 'first')

  it('is told in words, and never its secret', () => {
    const login = { mechanism: 'scram-sha-512', user: 'ledger', secret: secret() } as const
    expect(describeAccess({})).toBe('not encrypted; as nobody')
    expect(describeAccess({ tls: 'ca.pem', login })).toBe(
      'encrypted; ca.pem knows who signs the brokers; as ledger, by SCRAM-SHA-512',
    )
    expect(describeAccess({ tls: 'system', login: { mechanism: 'oauthbearer', secret: secret() } })).toBe(
      'encrypted; this machine knows who signs the brokers; as whoever the token names, by OAUTHBEARER',
    )
  })

  it('is asked for its secret anew by each client', () => {
    const path = secret()
    const { sasl } = kafkaAccess({ login: { mechanism: 'plain', user: 'ledger', secret: path } })
    expect(sasl?.()).toEqual({ mechanism: 'plain', username: 'ledger', password: 'first' })
    writeFileSync(path, 'second')
    expect(sasl?.()).toMatchObject({ password: 'second' })
  })

  it('is refused before anything is sent where an authority is no certificate', () =>
    expect(() => kafkaAccess({ tls: file('no.pem', 'nothing') })).toThrow('holds no certificate'))
})
