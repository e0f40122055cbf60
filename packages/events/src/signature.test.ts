import crypto from 'node:crypto'
import fc from 'fast-check'
import { holds, isSoundKey } from './kit/curve'
import { isFitKey, keyName, openAhead, openVerifier } from './signature'
import { developmentKey } from './signing'
import { Key, SignatureText } from './text'

const verify = openVerifier()
const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const bytesOf = (key: string): Buffer => Buffer.from(key.slice('ed25519:'.length), 'base64url')
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

const venue = developmentKey('7', 'venue')
const text = 'novation/command/1\n7f0c6f1a2b3c4d5e\n{"actor":"venue"}'
const signature = Buffer.from(venue.sign(text), 'base64url')

/** The order of the group, as S has it. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n
const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`)
const bytes = (n: bigint): Buffer => Buffer.from(n.toString(16).padStart(64, '0'), 'hex').reverse()
const raised = Buffer.concat([signature.subarray(0, 32), bytes(number(signature.subarray(32)) + order)])

/** Of small order, each point with the bit of the other sign too. */
const smallOrder = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
]
const notReduced = [
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
]
const offCurve = [
  '0200000000000000000000000000000000000000000000000000000000000000',
  '0700000000000000000000000000000000000000000000000000000000000000',
]

describe('a key', () => {
  it('is its own name', () => {
    expect(Key.is(venue.key)).toBe(true)
    expect(keyName(bytesOf(venue.key))).toBe(venue.key)
    expect(isFitKey(venue.key)).toBe(true)
  })

  it.each([...smallOrder, ...notReduced])('proves nothing where it is %s', (each) => {
    expect(isFitKey(keyName(hex(each)))).toBe(false)
    expect(isSoundKey(hex(each))).toBe(false)
    expect(verify(keyName(hex(each)), text, base64(signature))).toBe(false)
    // Under the neutral element this signature would hold for every text.
    expect(verify(keyName(hex(each)), text, base64(Buffer.concat([hex(smallOrder[0] ?? ''), Buffer.alloc(32)])))).toBe(
      false,
    )
  })

  it.each(offCurve)('that is no point can sign nothing: %s', (each) => {
    expect(isSoundKey(hex(each))).toBe(false)
    expect(verify(keyName(hex(each)), text, base64(signature))).toBe(false)
  })

  it.each([
    ['31 bytes', 'ed25519:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw'],
    ['spare bits', `${venue.key.slice(0, -1)}${String.fromCharCode(venue.key.charCodeAt(venue.key.length - 1) + 1)}`],
    ['padding', `${venue.key}=`],
    ['another kind', venue.key.replace('ed25519', 'ed448')],
  ])('is no name with %s', (_, key) => expect(Key.is(key)).toBe(false))
})

describe('a signature', () => {
  it.each([
    ['as it was made', signature, true],
    ['S + L in place of S', raised, false],
    [
      'R of another',
      Buffer.concat(
        [venue.sign('other')].map((s) => Buffer.from(s, 'base64url').subarray(0, 32)).concat(signature.subarray(32)),
      ),
      false,
    ],
    ['all zero', Buffer.alloc(64), false],
  ])('%s', (_, each, verdict) => {
    expect(verify(venue.key, text, base64(each))).toBe(verdict)
    expect(holds(bytesOf(venue.key), Buffer.from(text), each)).toBe(verdict)
  })

  it('has one spelling', () => {
    const said = base64(signature)
    expect(SignatureText.is(said)).toBe(true)
    expect(SignatureText.is(`${said}==`)).toBe(false)
    expect(['A', 'Q', 'g', 'w'].includes(said.at(-1) ?? '')).toBe(true)
    expect(SignatureText.is(`${said.slice(0, -1)}B`)).toBe(false)
  })

  it('holds by a second reading of the rule wherever it holds by the first', () => {
    const bent = fc.record({
      seed: fc.string(),
      message: fc.string({ unit: 'binary' }),
      part: fc.constantFrom('none', 'none', 'key', 'message', 'signature'),
      bit: fc.nat(511),
    })
    fc.assert(
      fc.property(bent, ({ seed, message, part, bit }) => {
        const { key, sign } = developmentKey(seed, 'trader:alice')
        const bend = (original: Buffer): Buffer => {
          const place = bit % (original.length * 8)
          original[place >> 3] = (original[place >> 3] ?? 0) ^ (1 << (place & 7))
          return original
        }
        const own = Buffer.from(sign(message), 'base64url')
        const [keyBytes, said, proof] = [
          part === 'key' ? bend(bytesOf(key)) : bytesOf(key),
          part === 'message' ? `${message}x` : message,
          part === 'signature' ? bend(own) : own,
        ]
        const first = verify(keyName(keyBytes), said, base64(proof))
        expect(first).toBe(part === 'none')
        expect(holds(keyBytes, Buffer.from(said), proof)).toBe(first)
      }),
      { numRuns: 1_000 },
    )
  }, 120_000)
})

describe('signatures that are checked ahead', () => {
  const claims = ['a', 'b', 'c'].map((each) => ({ key: venue.key, text: each, signature: venue.sign(each) }))
  const forged = { key: venue.key, text: 'd', signature: base64(raised) }
  const unfit = { key: keyName(hex(smallOrder[0] ?? '')), text: 'e', signature: base64(signature) }

  it('are answered as if they were checked when they are asked for', async () => {
    const ahead = openAhead()
    await ahead.check([...claims, forged, unfit])
    for (const each of [...claims, forged, unfit])
      expect(ahead.verify(each.key, each.text, each.signature)).toBe(verify(each.key, each.text, each.signature))
  })

  it('are answered from what is known once, for that key and that text alone', async () => {
    const ahead = openAhead()
    await ahead.check(claims)
    const [first, second] = claims
    const spied = jest.spyOn(crypto, 'verify')
    try {
      expect(ahead.verify(venue.key, 'a', first?.signature ?? '')).toBe(true)
      expect(spied).toHaveBeenCalledTimes(0)
      expect(ahead.verify(venue.key, 'a', first?.signature ?? '')).toBe(true)
      expect(spied).toHaveBeenCalledTimes(1)
      expect(ahead.verify(venue.key, 'another', second?.signature ?? '')).toBe(false)
      expect(ahead.verify(developmentKey('7', 'oracle').key, 'b', second?.signature ?? '')).toBe(false)
    } finally {
      spied.mockRestore()
    }
  })
})
