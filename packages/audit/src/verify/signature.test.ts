import { type Stored, signCommand } from '@novation/events'
import { adoptedLines, domain, keyOf, orderedLines, quotedLines, runSigned } from '../test-signed'
import { calm, runLines, storedOf } from '../test-world'
import { renumbered, resealed, type Said } from './test-tampering'
import type { VerifyOptions } from './verification'
import { verify } from './verify'

const ledger = storedOf(runSigned(adoptedLines))
const depths = ['everything', 'signature'] as const

const verified = (history: readonly Stored[], depth: VerifyOptions['depth'] = 'everything') =>
  verify(history, { pool: 'main', depth })

const checkOf = async (history: readonly Stored[], depth: VerifyOptions['depth']) =>
  (await verified(history, depth)).checks.find(({ check }) => check === 'signature')

type Changed = { readonly signatures?: readonly { readonly key: string; readonly signature: string }[] }

const withCommand = (said: Said, change: (command: Changed) => object): Said => ({
  ...said,
  metadata: { ...said.metadata, command: change(said.metadata.command as Changed) },
})

const bent = (signature: string): string => `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`

const ordered = storedOf(runSigned(orderedLines()))
const traded = ordered.findIndex(({ type }) => type === 'TradeCleared')

/** The trade with an order that says something else, and signed anew by the venue, which did not mind. */
const reordered = resealed(ordered, traded, (said) =>
  withCommand(said, (command) => {
    const other = JSON.parse(JSON.stringify(command).replace('"limit":"101"', '"limit":"102"'))
    return signCommand(other, domain, [keyOf('V')])
  }),
)

describe('the orders that trades stand on', () => {
  it.each(depths)('hold, at depth "%s"', async (depth) =>
    expect(await verified(ordered, depth)).toMatchObject({ sound: true }),
  )

  it.each([
    ['signature', 'signature', 'order-missing'],
    ['everything', 'execution', ''],
  ] as const)(
    'are found at depth "%s" where one says what its owner has not signed, whoever else has',
    async (depth, check, reason) => {
      const found = await verified(reordered, depth)
      expect(found.firstBroken).toEqual({ revision: traded, checks: [check] })
      expect(found.checks.find((each) => each.check === check)?.reason).toContain(reason)
    },
  )
})

const quoted = storedOf(runSigned(quotedLines()))
const taken = quoted.findIndex(({ type }) => type === 'QuotesTaken')

/** The quotes with a source's price that it has not signed, brought by a carrier who signs what it brings. */
const misquoted = resealed(quoted, taken, (said) => {
  const put = (json: unknown) => JSON.parse(JSON.stringify(json).replace('"price":"100.04"', '"price":"999.99"'))
  return withCommand({ ...said, data: put(said.data) }, (command) => signCommand(put(command), domain, [keyOf('A')]))
})

describe('the quotes that prices are made of', () => {
  it.each(depths)('hold, at depth "%s"', async (depth) => {
    expect(quoted.map(({ type }) => type)).toContain('IndexTicked')
    expect(await verified(quoted, depth)).toMatchObject({ sound: true })
  })

  it.each([
    ['signature', 'signature', 'nothing shows that q5 said 999.99 of BTC'],
    ['everything', 'execution', ''],
  ] as const)('are found at depth "%s" where a source has not signed one', async (depth, check, reason) => {
    const found = await verified(misquoted, depth)
    expect(found.firstBroken).toEqual({ revision: taken, checks: [check] })
    expect(found.checks.find((each) => each.check === check)?.reason).toContain(reason)
  })
})

describe('the signatures of a ledger', () => {
  it.each(depths)('hold, and it is said from where on there are any, at depth "%s"', async (depth) => {
    expect(await verified(ledger, depth)).toMatchObject({ sound: true, signedFrom: 2, revision: 7 })
    expect(await checkOf(ledger, depth)).toEqual({ check: 'signature', outcome: 'held', through: 7 })
  })

  it('are not looked at where only chain or fold are', async () => {
    expect(await checkOf(ledger, 'fold')).toMatchObject({ outcome: 'not-asked' })
    expect(await checkOf(ledger, 'chain')).toMatchObject({ outcome: 'not-asked' })
    expect(await verified(ledger, 'chain')).toMatchObject({ sound: true, signedFrom: 2 })
  })

  it('are none in an open pool, and that is no fault', async () => {
    const found = await verified(storedOf(runLines(calm)))
    expect([found.sound, found.signedFrom]).toEqual([true, undefined])
  })

  const altered = resealed(ledger, 4, (said) =>
    withCommand(said, (command) => ({
      ...command,
      signatures: command.signatures?.map((each) => ({ ...each, signature: bent(each.signature) })),
    })),
  )
  const stripped = resealed(ledger, 5, (said) => withCommand(said, ({ signatures: _, ...command }) => command))
  const raised = resealed(ledger, 6, (said) =>
    withCommand(said, (command) => JSON.parse(JSON.stringify(command).replaceAll('"50"', '"51"'))),
  )
  const swapped = renumbered([...ledger.slice(0, 6), ledger[7], ledger[6]].flatMap((event) => event ?? []))
  const late = renumbered([...ledger.slice(0, 3), ledger[4], ledger[3]].flatMap((event) => event ?? []))

  it.each<[string, readonly Stored[], number, string]>([
    ['altered', altered, 4, 'bad-signature'],
    ['taken away', stripped, 5, 'unsigned'],
    ['over another amount', raised, 6, 'bad-signature'],
    ['of a key that was revoked one revision earlier', swapped, 7, 'revoked-key'],
    ['of a key that is registered one revision later', late, 3, 'unknown-key'],
  ])('are found where one is %s and the chain is hashed anew', async (_, history, revision, code) => {
    for (const depth of depths) {
      const found = await verified(history, depth)
      expect([depth, found.firstBroken]).toEqual([depth, { revision, checks: ['signature'] }])
      expect(found.checks.find(({ check }) => check === 'signature')?.reason).toContain(code)
    }
  })
})
