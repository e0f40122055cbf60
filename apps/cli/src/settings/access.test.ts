import { chmodSync } from 'node:fs'
import { exitCodes } from '../exit-code'
import { testWorld } from '../test-world'

const { take, file } = testWorld()

const secret = (text = 'p@ss:word/?', mode = 0o600): string => {
  const path = file('secret', text)
  chmodSync(path, mode)
  return path
}

const kafka = '--kafka=127.0.0.1:1'
const store = '--eventstore=esdb://localhost:1'

describe('how the real parts are reached', () => {
  it.each<[string, readonly string[], string]>([
    ['a user without a way to prove it', ['--kafka-user=ledger'], '--kafka-auth='],
    ['a way without a secret', ['--kafka-auth=plain', '--kafka-user=ledger'], '--kafka-secret'],
    ['a password without a user', ['--kafka-auth=scram-sha-256', `--kafka-secret=${secret()}`], '--kafka-user'],
    [
      'a token with a user',
      ['--kafka-auth=oauthbearer', '--kafka-user=x', `--kafka-secret=${secret()}`],
      'leave --kafka-user out',
    ],
    ['a bare password', ['--kafka-auth=plain', '--kafka-user=x', `--kafka-secret=${secret()}`], '--kafka-tls'],
    ['a bare token', ['--kafka-auth=oauthbearer', `--kafka-secret=${secret()}`], '--kafka-tls'],
    ['an authority that is not there', ['--kafka-tls=/nowhere/ca.pem'], 'cannot be read'],
    [
      'a secret that is not there',
      ['--kafka-auth=scram-sha-512', '--kafka-user=x', '--kafka-secret=/nowhere'],
      'cannot be read',
    ],
    ['a way there is not', ['--kafka-auth=gssapi'], 'plain or scram-sha-256'],
    ['a user of the store without a password', [store, '--eventstore-user=ledger'], '--eventstore-secret'],
    ['a password in the connection string', ['--eventstore=esdb://a:b@localhost:1'], '--eventstore-secret'],
    [
      'two authorities',
      ['--eventstore=esdb://localhost:1?tlsCAFile=x', '--eventstore-ca=y'],
      'names a tlsCAFile already',
    ],
  ])('is told before anything begins where there is %s', async (_, words, what) => {
    for (const command of ['doctor', 'start']) {
      const { code, err } = await take([
        command,
        kafka,
        ...(words[0]?.startsWith('--eventstore=') ? [] : [store]),
        ...words,
      ])
      expect([code, err]).toEqual([exitCodes.usage, expect.stringContaining(what)])
    }
  })

  it('is refused where others can read the secret', async () => {
    const words = ['--kafka-auth=scram-sha-512', '--kafka-user=x', `--kafka-secret=${secret('x', 0o644)}`]
    const { code, err } = await take(['doctor', kafka, ...words])
    expect([code, err]).toEqual([exitCodes.usage, expect.stringContaining('chmod 600')])
  })
})
