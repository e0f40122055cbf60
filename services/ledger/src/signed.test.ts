import { emptyPool, type Processed, type Sign, signWith } from '@novation/clearing'
import {
  type CheckAll,
  type Command,
  developmentKey,
  formatTime,
  openAhead,
  openVerifier,
  signCommand,
} from '@novation/events'
import { openMemoryStore, quiet } from '@novation/platform'
import { handClock, ledgerOf, wish } from './kit/world'
import { openLedger } from './writer'

const anna = 'operator:anna'
const keyOf = (actor: string) => developmentKey('ledger', actor)
const clock = handClock()
const at = formatTime(clock.scheduler.now())

const unsigned = (id: string, type: Command['type'], data: object): Command =>
  ({ ...wish(id, type, data as never), actor: anna, at }) as Command

const signed = (command: Command, ...more: readonly string[]): Command =>
  signCommand(command, 'd0', [anna, ...more].map(keyOf))

const opening = (id: string): Command => unsigned(`open-${id}`, 'OpenAccount', { account: id })

/** With the signature of another command. */
const forged = (command: Command): Command =>
  ({ ...command, signatures: signed({ ...command, id: 'another' }).signatures }) as Command

const outcomeOf = (outcome: Processed): string => (outcome.tag === 'refused' ? outcome.code : outcome.tag)

const adoptedLedger = async (sign?: Sign, check?: CheckAll) => {
  const store = openMemoryStore()
  const writer = await openLedger(
    'main',
    store,
    clock.scheduler,
    new AbortController().signal,
    {},
    emptyPool,
    undefined,
    sign,
    openAhead(check),
  )
  const keys = [{ actor: anna, key: keyOf(anna).key }]
  await writer.submit([signed(unsigned('adopt', 'AdoptIdentity', { domain: 'd0', keys }))])
  return { store, writer }
}

describe('the ledger of a signed pool', () => {
  it('decides in the order in which commands came, however many of them, and turns away what is not signed', async () => {
    const { store, writer } = await adoptedLedger()
    const ids = Array.from({ length: 150 }, (_, i) => `a${i}`)
    const sent = ids.map((id, i) =>
      (i % 50 === 7 ? forged : i % 50 === 9 ? (each: Command) => each : signed)(opening(id)),
    )
    const outcomes = await writer.submit(sent)
    expect(outcomes.map(outcomeOf)).toEqual(
      ids.map((_, i) => (i % 50 === 7 ? 'bad-signature' : i % 50 === 9 ? 'unsigned' : 'decided')),
    )
    const opened = (await ledgerOf(store)).flatMap((event) =>
      event.type === 'AccountOpened' ? [event.data.account] : [],
    )
    expect(opened).toEqual(ids.filter((_, i) => i % 50 !== 7 && i % 50 !== 9))
  })

  it('lets nobody overtake whose signatures are known later than those of who comes after', async () => {
    const verify = openVerifier()
    let later = (): void => undefined
    const known = new Promise<void>((resolve) => {
      later = resolve
    })
    let asked = 0
    const check: CheckAll = async (claims) => {
      asked += 1
      if (asked === 1) await known
      if (asked === 2) void quiet().then(later)
      return claims.map(({ key, text, signature }) => verify(key, text, signature))
    }
    const { store, writer } = await adoptedLedger(undefined, check)
    const ids = Array.from({ length: 200 }, (_, i) => `a${i}`)
    await writer.submit(ids.map((id) => signed(opening(id))))
    expect(
      (await ledgerOf(store)).flatMap((event) => (event.type === 'AccountOpened' ? [event.data.account] : [])),
    ).toEqual(ids)
  })

  it('takes a key and what it signs in one batch', async () => {
    const { writer } = await adoptedLedger()
    const registration = unsigned('key', 'RegisterKey', { actor: 'venue', key: keyOf('venue').key })
    const byVenue = signCommand({ ...opening('alice'), actor: 'venue' }, 'd0', [keyOf('venue')])
    const outcomes = await writer.submit([signed(registration, 'venue'), byVenue])
    expect(outcomes.map(outcomeOf)).toEqual(['decided', 'decided'])
  })

  it('answers a command that comes again, and looks at its signature again', async () => {
    const { writer } = await adoptedLedger()
    const once = signed(opening('alice'))
    const outcomes = [
      ...(await writer.submit([once, once])),
      ...(await writer.submit([once, forged(opening('alice'))])),
    ]
    expect(outcomes.map(outcomeOf)).toEqual(['decided', 'repeated', 'repeated', 'bad-signature'])
  })

  /** Adopted, and what it lists expired a second ago. */
  const expiredLedger = async (sign?: Sign) => {
    const { writer } = await adoptedLedger(sign)
    const expiry = formatTime(clock.scheduler.now() + 60_000)
    const margin = { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] }
    const listing = { instrument: 'BTC-1', kind: 'future', settlementAsset: 'USD', expiry, margin }
    await writer.submit([
      signed(unsigned('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })),
      signed(unsigned('list', 'ListInstrument', listing)),
    ])
    await clock.goOn(61_000)
    return writer
  }
  const now = (command: Command): Command => ({ ...command, at: formatTime(clock.scheduler.now()) })
  const clockKey = () =>
    signed(now(unsigned('clock', 'RegisterKey', { actor: 'clock', key: keyOf('clock').key })), 'clock')

  it('decides nothing but of keys where something is due and its clock has no key, and goes on once that has one', async () => {
    const writer = await expiredLedger(signWith(keyOf))
    void writer.keepTime()
    await clock.goOn(5_000)
    const opened = await writer.submit([signed(now(opening('alice')))])
    expect(opened).toMatchObject([{ tag: 'refused', code: 'unsigned' }])
    expect((await writer.submit([clockKey(), signed(now(opening('bob')))])).map(outcomeOf)).toEqual([
      'decided',
      'decided',
    ])
    await clock.goOn(2_000)
    expect(writer.pool().instruments.get('BTC-1')?.expired).toBe(true)
  })

  it('stops, and says why, where its clock has a key that this ledger was not given', async () => {
    const writer = await expiredLedger()
    await writer.submit([clockKey()])
    const stopped = expect(writer.keepTime()).rejects.toThrow('"code":"unsigned"')
    await clock.goOn(2_000)
    await stopped
  })
})
