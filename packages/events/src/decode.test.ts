import fc from 'fast-check'
import { anyCommand, anyJson, nearlyOf } from './arbitraries'
import { commandData } from './commands'
import { commandLimit_bytes, decodeCommand, parseCommand } from './decode'
import { canonicalJson } from './json'

const trade = { trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '7938.25' }
const clear = { id: 'c-17', type: 'ClearTrade', pool: 'main', at: '2020-03-12T10:00:00Z', actor: 'venue', data: trade }
const deposit = { id: 'c-1', type: 'Deposit', pool: 'main', data: { account: 'alice', asset: 'USD', amount: '100' } }
const tiers = [{ upTo: '100000', initial: '0.05', maintenance: '0.03' }]
const list = {
  id: 'c-2',
  type: 'ListInstrument',
  pool: 'main',
  data: { instrument: 'BTC-PERP', kind: 'perpetual', settlementAsset: 'USD', margin: { model: 'tiered', tiers } },
}

const verdict = (json: unknown): string => {
  const result = decodeCommand(json, 'operator')
  return result._tag === 'Right' ? 'understood' : result.left.reason
}
const verdictOn = (text: string): string => {
  const result = parseCommand(text, 'operator')
  return result._tag === 'Right' ? 'understood' : result.left.reason
}
const depositOf = (amount: unknown): string => verdict({ ...deposit, data: { ...deposit.data, amount } })
const without = (record: object, key: string): object =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key))

describe('a command', () => {
  it('is understood as it was sent', () =>
    expect(parseCommand(JSON.stringify(clear), 'operator')).toEqual({ _tag: 'Right', right: clear }))

  it('without an actor is of whoever sends it', () =>
    expect(decodeCommand(deposit, 'venue')).toEqual({ _tag: 'Right', right: { ...deposit, actor: 'venue' } }))

  it('with an actor keeps it', () =>
    expect(decodeCommand({ ...deposit, actor: 'oracle' }, 'venue')).toMatchObject({ right: { actor: 'oracle' } }))

  it('of every type is understood, and means the same after a journey as text', () =>
    fc.assert(
      fc.property(anyCommand, (command) => {
        const decoded = decodeCommand(command, 'venue')
        expect(decoded).toEqual({ _tag: 'Right', right: command })
        expect(parseCommand(canonicalJson(command), 'venue')).toEqual(decoded)
      }),
    ))
})

describe('an id', () => {
  it('is refused with a slash, which would forge a sub-account', () =>
    expect(verdict({ ...deposit, data: { ...deposit.data, account: 'alice/BTC-PERP' } })).toBe(
      'data.account: expected 1 to 64 of A-Z a-z 0-9 . _ : -, found "alice/BTC-PERP"',
    ))

  it('has at most 64 characters', () => {
    expect(verdict({ ...deposit, id: 'x'.repeat(64) })).toBe('understood')
    expect(verdict({ ...deposit, id: 'x'.repeat(65) })).toBe(
      `id: expected 1 to 64 of A-Z a-z 0-9 . _ : -, found "${'x'.repeat(60)}"… (65 characters)`,
    )
  })

  it.each(['', ' ', 'a b', 'a\n', '\u0430lice', 'a\u0000', 'a%2Fb', '😀'])('is not %j', (id) =>
    expect(verdict({ ...deposit, id })).toMatch(/^id: expected/),
  )

  it('of a pool has no dash', () => {
    expect(verdict({ ...deposit, pool: 'main-2' })).toMatch(/^pool: expected 1 to 64 .* \(no dash\), found "main-2"$/)
    expect(verdict({ ...deposit, pool: 'main.2' })).toBe('understood')
  })

  it('of an actor is role or role:name', () => {
    expect(verdict({ ...deposit, actor: 'keeper:backstop' })).toBe('understood')
    for (const actor of ['', 'Venue', 'keeper:', ':a', 'keeper:a/b'])
      expect(verdict({ ...deposit, actor })).toMatch(/^actor: expected role or role:name, found/)
  })
})

describe('a decimal', () => {
  it.each(['0', '-0', '1', '-12.5', '0.000000000000000001', '999999999999999999.999999999999999999'])(
    'may be %s',
    (amount) => expect(depositOf(amount)).toBe('understood'),
  )

  it.each([
    ['an exponent', '1e3'],
    ['an exponent in capitals', '1E-3'],
    ['leading zeros', '007'],
    ['a leading zero before the point', '00.5'],
    ['19 digits before the point', '1'.repeat(19)],
    ['19 digits after the point', `0.${'1'.repeat(19)}`],
    ['a plus sign', '+1'],
    ['two signs', '--1'],
    ['no digits before the point', '.5'],
    ['no digits after the point', '5.'],
    ['a comma', '1,5'],
    ['a space', ' 1'],
    ['a newline at its end', '1\n'],
    ['hexadecimal digits', '0x10'],
    ['infinity', 'Infinity'],
    ['digits of another script', '\u0661'],
    ['nothing in it', ''],
  ])('is refused with %s', (_, amount) => {
    const expected = 'a decimal string such as "12.5" (at most 18 digits before and after the point, no exponent)'
    expect(depositOf(amount)).toBe(`data.amount: expected ${expected}, found ${JSON.stringify(amount)}`)
  })

  it('is refused with ten thousand digits, at once and without repeating them', () => {
    expect(depositOf('9'.repeat(10_000))).toMatch(/found "9{60}"… \(10000 characters\)$/)
    expect(depositOf(`0.${'9'.repeat(9_998)}`)).toMatch(/\(10000 characters\)$/)
  })

  it('is a string, not a number', () => expect(depositOf(12.5)).toMatch(/^data\.amount: expected .*, found 12\.5$/))
})

describe('a time', () => {
  it('names a day that exists', () => {
    expect(verdict({ ...deposit, at: '2024-02-29T00:00:00Z' })).toBe('understood')
    expect(verdict({ ...deposit, at: '2023-02-30T00:00:00Z' })).toBe(
      'at: expected an RFC 3339 time of a day that exists, such as "2020-03-12T10:00:00Z", found "2023-02-30T00:00:00Z"',
    )
  })

  it('names one in the data as well', () => {
    const tick = {
      ...deposit,
      type: 'PublishPrice',
      data: { instrument: 'BTC-PERP', price: '1', observedAt: '2023-02-29T00:00:00Z' },
    }
    expect(verdict(tick)).toMatch(/^data\.observedAt: expected an RFC 3339 time/)
    expect(verdict({ ...list, data: { ...list.data, expiry: '2023-04-31T00:00:00Z' } })).toMatch(/^data\.expiry: /)
  })
})

describe('the fields of a command', () => {
  it.each(['id', 'type', 'pool'])('include %s', (key) =>
    expect(verdict(without(deposit, key))).toMatch(new RegExp(`^${key}: expected .+, found nothing$`)),
  )

  it('include data, even where there is nothing to say', () => {
    expect(verdict(without(deposit, 'data'))).toBe('data: expected an object, found nothing')
    expect(verdict({ id: 'c', type: 'PassTime', pool: 'main' })).toBe('data: expected an object, found nothing')
    expect(verdict({ id: 'c', type: 'PassTime', pool: 'main', data: {} })).toBe('understood')
  })

  it.each(Object.keys(trade))('of ClearTrade include %s', (key) =>
    expect(verdict({ ...clear, data: without(trade, key) })).toMatch(
      new RegExp(`^data\\.${key}: expected .+, found nothing$`),
    ),
  )

  it('are no others, at every depth', () => {
    expect(verdict({ ...deposit, note: 'x' })).toBe('note: unknown field')
    expect(verdict({ ...deposit, data: { ...deposit.data, note: 'x' } })).toBe('data.note: unknown field')
    const margin = (terms: object) => ({
      ...list,
      data: { ...list.data, margin: { model: 'tiered', tiers, ...terms } },
    })
    expect(verdict(margin({}))).toBe('understood')
    expect(verdict(margin({ note: 'x' }))).toBe('data.margin.note: unknown field')
    expect(verdict(margin({ tiers: [{ ...tiers[0], note: 'x' }] }))).toBe('data.margin.tiers.0.note: unknown field')
    const auction = {
      ...deposit,
      type: 'SetPoolParameters',
      data: { liquidation: { auction: { start: '0.1', note: 'x' } } },
    }
    expect(verdict(auction)).toBe('data.liquidation.auction.note: unknown field')
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString', ''])('are no others, %j neither', (key) => {
    const name = key === '' ? '""' : key
    const text = JSON.stringify(deposit)
    expect(verdictOn(text.replace('"id"', `${JSON.stringify(key)}:{"amount":"1"},"id"`))).toBe(`${name}: unknown field`)
    expect(verdictOn(text.replace('"account"', `${JSON.stringify(key)}:{},"account"`))).toBe(
      `data.${name}: unknown field`,
    )
  })

  it('cannot be supplied by __proto__', () =>
    expect(
      verdictOn(
        '{"id":"c","type":"Deposit","pool":"main","data":{"account":"a","asset":"USD","__proto__":{"amount":"1"}}}',
      ),
    ).toMatch(/^data\.amount: expected .+, found nothing; data\.__proto__: unknown field$/))

  it('have the type that is expected', () => {
    expect(verdict({ ...deposit, id: 17 })).toMatch(/^id: .+, found 17$/)
    expect(verdict({ ...deposit, type: null })).toBe('type: expected string, found null')
    expect(verdict({ ...deposit, data: [] })).toBe('data: expected an object, found an array')
    expect(verdict({ ...deposit, data: { ...deposit.data, account: { id: 'a' } } })).toMatch(
      /^data\.account: .+, found an object$/,
    )
    expect(verdict({ ...list, data: { ...list.data, margin: { model: 'tiered', tiers: {} } } })).toBe(
      'data.margin.tiers: expected an array, found an object',
    )
    expect(verdict({ ...list, data: { ...list.data, kind: 'forward' } })).toBe(
      'data.kind: expected "perpetual" | "future" | "option" | "swap", found "forward"',
    )
  })

  it.each([-1, 19, 1.5, '6', null])('of RegisterAsset have whole decimals from 0 to 18, not %p', (decimals) =>
    expect(verdict({ ...deposit, type: 'RegisterAsset', data: { asset: 'USD', decimals } })).toBe(
      `data.decimals: expected a whole number from 0 to 18, found ${JSON.stringify(decimals)}`,
    ),
  )

  it('include a type that exists', () => {
    for (const type of ['deposit', 'Explode', '__proto__', 'constructor', 'toString', ''])
      expect(verdict({ ...deposit, type })).toBe(`type: no command is called ${JSON.stringify(type)}`)
  })

  it('are all told at once, the first five in full', () => {
    expect(verdict({ ...clear, data: { ...trade, trade: '', buyer: '', price: '1e1' } }).split('; ')).toHaveLength(3)
    expect(verdict({ ...clear, data: {} }).split('; ')).toEqual([
      ...Object.keys(trade)
        .slice(0, 5)
        .map((key) => expect.stringMatching(new RegExp(`^data\\.${key}: `))),
      'and 1 more',
    ])
  })
})

describe('the text of a command', () => {
  it('is read without the byte-order mark that it may begin with', () =>
    expect(parseCommand(`\uFEFF${JSON.stringify(clear)}`, 'operator')).toEqual({ _tag: 'Right', right: clear }))

  it('with a key twice is refused: one reader would take the first, another the last', () => {
    const text = JSON.stringify(deposit)
    expect(verdictOn(text.replace('"amount":"100"', '"amount":"100","amount":"900"'))).toBe(
      'the key "amount" stands twice',
    )
    expect(verdictOn(text.replace('"pool"', '"i\\u0064":"c-2","pool"'))).toBe('the key "id" stands twice')
  })

  it('is JSON', () => {
    for (const text of ['', '{', 'hello', "{'id':1}", 'NaN']) expect(verdictOn(text)).toMatch(/^not JSON: /)
    expect(verdictOn('\u0007\u001b[2J')).toMatch(/^not JSON: [ -~]+$/)
  })

  it('is one object', () => {
    for (const text of ['null', '[]', '"x"', '1', 'true'])
      expect(verdictOn(text)).toMatch(/^command: expected an object, found /)
  })

  it('has at most 65,536 bytes, not characters', () => {
    const padded = (text: string, size: number) => text + ' '.repeat(size - Buffer.byteLength(text))
    expect(verdictOn(padded(JSON.stringify(deposit), commandLimit_bytes))).toBe('understood')
    expect(verdictOn(padded(JSON.stringify(deposit), commandLimit_bytes + 1))).toBe(
      '65537 bytes long; the limit is 65536',
    )
    expect(verdictOn('é'.repeat(40_000))).toBe('80000 bytes long; the limit is 65536')
  })

  it('may be nested as deep as it fits, and is refused without a word of what was in there', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000)
    expect(verdictOn(`{"id":"c","type":"Deposit","pool":"main","data":{"account":${deep}}}`)).toMatch(
      /^data\.account: expected .+, found an array; data\.asset: /,
    )
  })

  it('never throws, whatever it is', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), anyJson.map(canonicalJson)), (text) => {
        expect(['Left', 'Right']).toContain(parseCommand(text, 'operator')._tag)
      }),
    ))

  it('that is nearly right is refused with a short reason in one line', () =>
    fc.assert(
      fc.property(nearlyOf(commandData.ListInstrument), (data) => {
        const reason = verdict({ ...list, data })
        expect(reason).toMatch(/^(understood|data[ -~…]*)$/)
        expect(reason.length).toBeLessThan(2000)
      }),
    ))
})
