import { left, right } from 'fp-ts/Either'
import { readConnectionString } from './connection-string'

describe('a connection string', () => {
  it.each([
    ['esdb://a', { nodes: [{ host: 'a', port: 2113 }], user: undefined, isTls: true, caFile: undefined }],
    ['esdb://a:1?tls=false', { nodes: [{ host: 'a', port: 1 }], user: undefined, isTls: false, caFile: undefined }],
    [
      'esdb://me:p%40ss@a:1,b:2?tlsCAFile=%2Fetc%2Fca.crt&KeepAliveTimeout=5',
      {
        nodes: [
          { host: 'a', port: 1 },
          { host: 'b', port: 2 },
        ],
        user: 'me',
        isTls: true,
        caFile: '/etc/ca.crt',
      },
    ],
    ['esdb+discover://a:1,b:2/', { nodes: [{ host: 'a', port: 1 }], user: undefined, isTls: true, caFile: undefined }],
  ])('%s is read', (given, told) => expect(readConnectionString(given)).toEqual(right(told)))

  it.each([
    ['http://a:2113', 'it must be esdb://HOST:2113'],
    ['esdb://', 'it must be esdb://HOST:2113'],
    ['esdb://a:2113?tsl=false', 'there is no option "tsl": leave it out, or take one of connectionName,'],
    ['esdb://a:2113?tls=no', 'the option tls cannot be "no"'],
    ['esdb://a:2113?gossipTimeout=soon', 'the option gossipTimeout cannot be "soon"'],
    ['esdb://a:2113?nodePreference=best', 'the option nodePreference cannot be "best"'],
    ['esdb://a:2113?tlsVerifyCert=false', 'tlsVerifyCert=false has no effect: leave it out'],
    ['esdb://a:2113?throwOnAppendFailure=false', 'leave it out'],
    ['esdb://a:99999', '"a:99999" is no host:port'],
    ['esdb://a:1,', '"" is no host:port'],
    ['esdb://me@a:1', 'before the @ there must be a name and a password'],
  ])('%s is refused in a sentence that says what to change', (given, says) =>
    expect(readConnectionString(given)).toEqual(left(expect.stringContaining(says))),
  )

  it('is never repeated with its password', () =>
    expect(JSON.stringify(readConnectionString('esdb://me:secret@a:x?tsl=1'))).not.toContain('secret'))
})
