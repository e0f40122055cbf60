import { left, right } from 'fp-ts/Either'
import { readConnectionString, withLogin } from './connection-string'

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

describe('what a connection string leaves out', () => {
  it('is added where it belongs, whatever signs are in a password', () => {
    const whole = withLogin('esdb+discover://db.example:2113?tls=true', {
      user: 'a b',
      password: 'p@:/?&',
      caFile: '/x y.crt',
    })
    expect(whole).toEqual(
      right('esdb+discover://a%20b:p%40%3A%2F%3F%26@db.example:2113?tls=true&tlsCAFile=%2Fx%20y.crt'),
    )
    expect(whole._tag === 'Right' && readConnectionString(whole.right)).toMatchObject({
      right: { user: 'a b', caFile: '/x y.crt', isTls: true },
    })
    expect(withLogin('esdb://db:1', { caFile: 'ca.crt' })).toEqual(right('esdb://db:1?tlsCAFile=ca.crt'))
    expect(withLogin('esdb://db:1', {})).toEqual(right('esdb://db:1'))
  })

  it('is not said twice', () => {
    expect(withLogin('esdb://a:b@db:1', { user: 'c', password: 'd' })).toEqual(
      left(expect.stringContaining('names a user already')),
    )
    expect(withLogin('esdb://db:1?TLSCAFILE=x', { caFile: 'y' })).toEqual(
      left(expect.stringContaining('names a tlsCAFile already')),
    )
  })
})
