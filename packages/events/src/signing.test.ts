import { createHash, generateKeyPairSync } from 'node:crypto'
import type { Command } from './commands'
import { contentText, signedText } from './compiled/write-event'
import { decodeCommand } from './decode'
import { canonicalJson } from './json'
import { openVerifier } from './signature'
import { developmentKey, signCommand, signCommandAside, signingKey } from './signing'

const verify = openVerifier()
const domain = '7f0c6f1a2b3c4d5e'
const alice = developmentKey('7', 'trader:alice')
const anna = developmentKey('7', 'operator:anna')

const withdrawal = {
  id: 'w-1',
  type: 'Withdraw',
  pool: 'main',
  at: '2026-01-02T03:04:09Z',
  until: '2026-01-02T03:04:39Z',
  actor: 'trader:alice',
  data: { account: 'alice', asset: 'USD', amount: '12.34' },
} as const satisfies Command

const bytes =
  'novation/command/1\n7f0c6f1a2b3c4d5e\n{"actor":"trader:alice","at":"2026-01-02T03:04:09Z","data":{"account":"alice","amount":"12.34","asset":"USD"},"id":"w-1","pool":"main","type":"Withdraw","until":"2026-01-02T03:04:39Z"}'

const signed = signCommand(withdrawal, domain, [alice])
const isProven = (command: Command, of = domain): readonly boolean[] =>
  (command.signatures ?? []).map(({ key, signature }) => verify(key, signedText(command, of), signature))

const sent = (change: object): object => ({ ...signed, ...change })
const code = (json: unknown): string => {
  const decoded = decodeCommand(json, 'nobody')
  return decoded._tag === 'Left' ? decoded.left.reason : 'understood'
}

describe('what is signed', () => {
  it('is the purpose, the domain and the command, in one spelling', () => {
    expect(signedText(withdrawal, domain)).toBe(bytes)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      'ce861e221f494bc8623af2ddd6a8e77936fe35fb13c4082ccccadad374eb960d',
    )
  })

  it('is the same whatever the order of the fields, signed or not', () => {
    const { data, ...rest } = signed
    const turned = JSON.parse(JSON.stringify({ data, ...rest })) as Command
    expect(signedText(turned, domain)).toBe(bytes)
    expect(signedText(signed, domain)).toBe(bytes)
  })

  it('is signed the same by everybody who has the key (RFC 8032)', () =>
    expect(signed.signatures).toEqual([
      {
        key: 'ed25519:wkKqmMYOffqzQQid9fFBWe1ICSUFtup__WMHyt3nmxM',
        signature: 'zMDLFFjQMA6UbtsHoQ3VWNf_iwL3owwuiNUYDRMz6N2GhFaTXeLC32NQ8tEbryOKxKxPqlrIBZVgB2rLpAuJDw',
      },
    ]))

  it.each([
    ['another amount', { data: { ...withdrawal.data, amount: '12.35' } }],
    ['until taken away', { until: undefined }],
    ['until moved', { until: '2027-01-01T00:00:00Z' }],
    ['another id', { id: 'w-2' }],
    ['another time', { at: '2026-01-02T03:04:10Z' }],
    ['another actor', { actor: 'venue' }],
    ['another cause', { causationId: 'x' }],
  ])('covers all of it: %s', (_, change) => {
    expect(isProven(signed)).toEqual([true])
    expect(isProven(JSON.parse(JSON.stringify({ ...signed, ...change })))).toEqual([false])
  })

  it('means nothing for another domain, nor for another purpose', () => {
    expect(isProven(signed, 'ef0c6f1a2b3c4d5e')).toEqual([false])
    const quote = {
      ...withdrawal,
      signatures: [{ key: alice.key, signature: alice.sign(bytes.replace('command', 'quote')) }],
    }
    expect(isProven(quote)).toEqual([false])
  })

  it('is not what a command is remembered by: that leaves out when and by whom it is vouched for', () => {
    const { at: _, until: __, ...content } = withdrawal
    for (const command of [withdrawal, signed, signCommand(signed, 'd', [anna, alice])])
      expect(contentText(command)).toBe(canonicalJson(content))
  })
})

describe('a command that is signed', () => {
  const many = Array.from({ length: 17 }, (_, i) => developmentKey(String(i), 'venue'))

  it.each([
    ['is understood', {}, 'understood'],
    ['says who sends it', { actor: undefined }, 'actor: missing, and a signed command says who sends it'],
    ['says when it was sent', { at: undefined }, 'at: missing, and a signed command says when it was sent'],
    ['is signed by somebody', { signatures: [] }, 'signatures: 0, not 1 to 16'],
    [
      'is signed by 16 at most',
      { signatures: signCommand(withdrawal, domain, many).signatures },
      'signatures: 17, not 1 to 16',
    ],
    [
      'names each key once',
      { signatures: [...(signed.signatures ?? []), ...(signed.signatures ?? [])] },
      'signatures: not in ascending order of key, each key once',
    ],
    [
      'names them in order',
      { signatures: signCommand(withdrawal, domain, [alice, anna]).signatures?.toReversed() },
      'signatures: not in ascending order of key, each key once',
    ],
    ['is not over before it was sent', { until: '2026-01-02T03:04:08Z' }, 'until: before at'],
  ])('%s', (_, change, reason) => expect(code(JSON.parse(JSON.stringify(sent(change))))).toBe(reason))

  it('has signatures of one spelling', () => {
    const [first] = signed.signatures ?? []
    for (const wrong of [`${first?.signature}==`, `${first?.signature.slice(0, -1)}x`, '', 'A'.repeat(65_000)])
      expect(code(sent({ signatures: [{ ...first, signature: wrong }] }))).toMatch(
        /^signatures\.0\.signature: expected 64 bytes/,
      )
  })
})

describe('what is signed', () => {
  const owner = ',"signatures":[{"key":"x"}],"type":"Deposit","until":"x"}'
  const wish = { id: 'o', type: 'OpenAccount', pool: 'main', actor: 'venue', at: withdrawal.at } as const
  const lasting: Command = { ...wish, data: { account: 'alice', owner } }
  const ending: Command = { ...lasting, until: withdrawal.until }

  it.each([[lasting], [ending]])('is all of it but the signatures, whatever it quotes', (command) => {
    const { at: _, until: __, ...content } = command
    for (const each of [command, signCommand(command, domain, [alice, anna])]) {
      expect(signedText(each, domain)).toBe(`novation/command/1\n${domain}\n${canonicalJson(command)}`)
      expect(contentText(each)).toBe(canonicalJson(content))
    }
  })
})

describe('a key that signs', () => {
  it('is one of Ed25519', () => {
    expect(() => signingKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).toThrow(
      'not a private key of Ed25519',
    )
    const { privateKey } = generateKeyPairSync('ed25519')
    const own = signingKey(privateKey)
    expect(verify(own.key, 'x', own.sign('x'))).toBe(true)
  })

  it('signs the same while something else goes on', async () => {
    const key = developmentKey('7', 'venue')
    expect(await key.signAside('x')).toBe(key.sign('x'))
    expect(await signCommandAside(withdrawal, domain, key)).toEqual(signCommand(withdrawal, domain, [key]))
  })

  it('for trying out is made of a seed and an actor, the same everywhere', () =>
    expect(['operator:anna', 'operator:ben', 'venue'].map((actor) => developmentKey('7', actor).key)).toEqual([
      'ed25519:HUvsXhk3yVDTzIVgf2Rf8XHXGfmU15wIZLRy-H1IiBw',
      'ed25519:lxPbv74J6jHaP-TXUh-ajgK4iFYBViHFMt2noeMO-Ks',
      'ed25519:Y-4quHHDthaMlExYWeaGEKaMfXCT6WLp_Z5rR97idFY',
    ]))
})
