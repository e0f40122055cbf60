import crypto from 'node:crypto'
import { developmentKey } from '@novation/events'
import { keyringOf } from './keyring'
import { rememberOwn } from './own-signatures'

const anna = developmentKey('own', 'operator:anna')
const eve = developmentKey('own', 'operator:eve')
const keyring = keyringOf(new Map([['operator:anna', anna]]))

/** How often a signature is worked out while something is done. */
const workedOut = async (work: () => Promise<unknown> | undefined): Promise<number> => {
  const spied = jest.spyOn(crypto, 'verify')
  try {
    await work()
    return spied.mock.calls.length
  } finally {
    spied.mockRestore()
  }
}

describe('who signs and checks', () => {
  it('does not work out again that what it signed itself holds, whenever it is asked', async () => {
    const own = rememberOwn(keyring)
    const key = own.keyring.of('operator:anna')
    const made = [key?.sign('a') ?? '', (await key?.signAside('b')) ?? '']
    expect(made).toEqual([anna.sign('a'), anna.sign('b')])
    expect(
      await workedOut(() => {
        for (const [i, text] of ['a', 'b', 'a'].entries())
          expect(own.verify(anna.key, text, made[i % 2] ?? '')).toBe(true)
      }),
    ).toBe(0)
  })

  it('answers of everything else what any verifier does', () => {
    const own = rememberOwn(keyring)
    const signature = own.keyring.of('operator:anna')?.sign('a') ?? ''
    expect(own.verify(anna.key, 'another text', signature)).toBe(false)
    expect(own.verify(eve.key, 'a', signature)).toBe(false)
    expect(own.verify(anna.key, 'a', anna.sign('another text'))).toBe(false)
    expect(own.verify(eve.key, 'a', eve.sign('a'))).toBe(true)
    expect(own.verify('no key', 'a', signature)).toBe(false)
  })

  it('remembers no more than what was signed last, and checks what it forgot', async () => {
    const own = rememberOwn(keyring)
    const key = own.keyring.of('operator:anna')
    const first = key?.sign('first') ?? ''
    for (let i = 0; i < 8_192; i += 1) void key?.sign(String(i))
    expect(await workedOut(() => void expect(own.verify(anna.key, 'first', first)).toBe(true))).toBe(1)
  })
})
