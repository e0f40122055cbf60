import { left } from 'fp-ts/Either'
import { problem } from '../http/problems'
import { alsoPublic, type Doorkeeper, keepDoor } from './doorkeeper'
import { grantTo, grantToPublic } from './grant'
import { keepRates } from './rates'
import { newToken, type TokenEntry } from './token-file'

describe('the doorkeeper', () => {
  let now = 0
  const scheduler = { now: () => now, sleep: async () => undefined }
  const { token, entry } = newToken(Buffer.alloc(32, 7), { actor: 'venue', expires: '1970-01-01T01:00:00Z' })
  let read: () => Promise<readonly TokenEntry[]> = async () => [entry]
  const failed: string[] = []
  const door = keepDoor(
    () => read(),
    scheduler,
    (error) => void failed.push(String(error)),
  )
  const isIn = async (): Promise<string> => {
    const grant = await door({ headers: { authorization: `Bearer ${token}` }, peer: '127.0.0.1' })
    return grant._tag === 'Right' ? 'in' : grant.left.code
  }

  it('lets nobody in with a token that was revoked, ten seconds later', async () => {
    expect(await isIn()).toBe('in')
    read = async () => []
    now += 10_000
    expect(await isIn()).toBe('unauthenticated')
  })

  it('lets nobody in, and says why, while the file cannot be read', async () => {
    read = async () => {
      throw new Error('no such file')
    }
    now += 10_000
    expect(await isIn()).toBe('unavailable')
    expect(failed).toEqual(['Error: no such file'])
    read = async () => [entry]
    now += 10_000
    expect(await isIn()).toBe('in')
  })

  it('lets nobody in once the token has run out, whenever the file was read', async () => {
    now = 3_600_000 - 1
    expect(await isIn()).toBe('in')
    now += 1
    expect(await isIn()).toBe('unauthenticated')
  })
})

describe('a door that is open to whoever has no token', () => {
  const nobody: Doorkeeper = async () => left(problem('unauthenticated', 'as the test wants it'))
  const counted = async (isBehindProxy: boolean, headers: Record<string, string>): Promise<string> => {
    const grant = await alsoPublic(nobody, isBehindProxy)({ headers, peer: '10.0.0.1' })
    return grant._tag === 'Right' ? grant.right.counted : grant.left.code
  }

  it('counts him by where he asks from, as the proxy in front says it and nobody before it', async () => {
    const forwarded = { 'x-forwarded-for': '9.9.9.9, 10.0.0.2' }
    expect(await counted(true, forwarded)).toBe('address 10.0.0.2')
    expect(await counted(true, {})).toBe('address 10.0.0.1')
    expect(await counted(false, forwarded)).toBe('address 10.0.0.1')
  })

  it('is not open to who has one that counts for nothing', async () => {
    for (const headers of [{ authorization: 'Bearer x' }, { authorization: 'Basic x' }, { cookie: 'novation=x' }])
      expect(await counted(true, headers as unknown as Record<string, string>)).toBe('unauthenticated')
    expect(await counted(false, { cookie: 'other=x' })).toBe('address 10.0.0.1')
  })
})

describe('rates', () => {
  it('give twice a second at once, then so much a second, and count each line of a batch', () => {
    let now = 0
    const rates = keepRates(() => now)
    const trader = grantTo('t', 'trader:bob', 'trader', undefined)
    const many = (count: number) =>
      Array.from({ length: count }, () => rates.read(trader)).filter((one) => one === undefined).length
    expect(many(300)).toBe(200)
    now += 500
    expect(many(300)).toBe(50)
    expect(rates.commands(trader, 100)).toBeUndefined()
    expect(rates.commands(trader, 1)).toMatchObject({ code: 'too-many' })
    now += 1000
    expect(rates.commands(trader, 50)).toBeUndefined()
    now += 100_000
    // A batch that is larger than what may come at once is taken once, and paid for after.
    expect(rates.commands(trader, 1000)).toBeUndefined()
    now += 2000
    expect(rates.commands(trader, 1)).toMatchObject({ code: 'too-many' })
  })

  it('forget who has asked nothing for a while, however many come', () => {
    let now = 0
    const rates = keepRates(() => now)
    for (let i = 0; i < 200; i += 1) expect(rates.read(grantToPublic('one'))).toBeUndefined()
    expect(rates.read(grantToPublic('one'))?.code).toBe('too-many')
    for (let i = 0; i < 20_000; i += 1) void rates.read(grantToPublic(`a${i}`))
    expect(rates.read(grantToPublic('one'))?.code).toBe('too-many')
    now += 2_000
    expect(rates.read(grantToPublic('new'))).toBeUndefined()
    expect(rates.read(grantToPublic('one'))).toBeUndefined()
  })
})
