import { stateHash } from '@novation/clearing'
import { canonicalJson, eventIdOf, genesis, linkHash, type Stored, type Upcasters } from '@novation/events'
import { calm, crash, runLines, storedOf } from '../test-world'
import type { Check } from './checks'
import { saidBy, sealed } from './test-tampering'
import type { Verification, VerifyOptions } from './verification'
import { verify } from './verify'

const ledger = storedOf(runLines(crash))
const verified = (history: readonly Stored[], options: Partial<VerifyOptions> = {}): Promise<Verification> =>
  verify(history, { pool: 'main', ...options })

const broken = ({ firstBroken }: Verification) => firstBroken
const faultOf = ({ checks }: Verification, check: Check) => checks.find((result) => result.check === check)
const brokenChecks = ({ checks }: Verification) =>
  checks.filter(({ outcome }) => outcome === 'broken').map(({ check }) => check)

const with_ = (at: number, change: (event: Stored) => Stored): readonly Stored[] =>
  ledger.map((event, index) => (index === at ? change(event) : event))

/** Seals every event anew from `at` on, as somebody would who knows how hashes are made. */
const rehashed = (at: number, change: (body: Record<string, unknown>) => unknown): readonly Stored[] => {
  let previousHash = ledger[at - 1]?.hash ?? ''
  return ledger.map((event, index) => {
    if (index < at) return event
    const said = JSON.parse(event.body)
    const changed = (index === at ? change(said) : said) as { metadata: object }
    const body = canonicalJson({ ...changed, metadata: { ...changed.metadata, previousHash } })
    const hash = linkHash(previousHash, body)
    previousHash = hash
    return { ...event, body, hash, id: eventIdOf(hash) }
  })
}

const indexOf = (type: string): number => ledger.findIndex((event) => event.type === type)

describe('the verification of a ledger', () => {
  it('holds for what the rules made, in every check', async () => {
    const report = await verified(ledger)
    expect(report).toMatchObject({
      sound: true,
      complete: true,
      events: ledger.length,
      revision: ledger.length - 1,
      head: ledger.at(-1)?.hash,
    })
    expect(report.checks.filter(({ outcome }) => outcome !== 'not-asked').map(({ outcome }) => outcome)).toEqual(
      Array(13).fill('held'),
    )
    expect(report.decidedAgain).toBeGreaterThan(30)
  })

  it('says of each depth what was not looked at', async () => {
    const notAsked = async (depth: 'everything' | 'signature' | 'fold' | 'chain') =>
      (await verified(ledger, { depth })).checks
        .filter(({ outcome }) => outcome === 'not-asked')
        .map(({ check }) => check)
    expect(await notAsked('everything')).toEqual(['checkpoint', 'snapshot'])
    expect(await notAsked('signature')).toEqual(['checkpoint', 'execution', 'snapshot'])
    expect(await notAsked('fold')).toEqual(['checkpoint', 'signature', 'execution', 'snapshot'])
    expect(await notAsked('chain')).toEqual([
      'checkpoint',
      'reading',
      'postings',
      'fold',
      'command',
      'house',
      'decider',
      'signature',
      'execution',
      'snapshot',
    ])
  })

  it('finds one byte changed in any event, at that event, by its hash', async () => {
    for (const [at, event] of ledger.entries()) {
      const middle = Math.floor(event.body.length / 2)
      const body = `${event.body.slice(0, middle)}${event.body[middle] === '1' ? '2' : '1'}${event.body.slice(middle + 1)}`
      const report = await verified(with_(at, (one) => ({ ...one, body })))
      expect(broken(report)?.revision).toBe(at)
      expect(broken(report)?.checks).toContain('hash')
    }
  })

  it.each<[string, Check, (event: Stored) => Stored]>([
    ['type', 'columns', (event) => ({ ...event, type: 'PriceTick' })],
    ['hash', 'hash', (event) => ({ ...event, hash: event.hash.replace(/^./, (first) => (first === '0' ? '1' : '0')) })],
    ['id', 'id', (event) => ({ ...event, id: ledger[0]?.id ?? '' })],
  ])('finds the %s that stands beside an event altered, by the check "%s"', async (_, check, change) => {
    expect(broken(await verified(with_(7, change)))).toMatchObject({
      revision: 7,
      checks: expect.arrayContaining([check]),
    })
  })

  it('finds an event removed', async () => {
    const report = await verified(ledger.filter((_, index) => index !== 20))
    expect(broken(report)).toEqual({ revision: 20, checks: ['order'] })
    expect(faultOf(report, 'order')?.reason).toBe('revision 20 is missing; 21 was found')
    expect(faultOf(report, 'link')?.at).toBe(21)
    expect(faultOf(report, 'execution')).toMatchObject({ outcome: 'ended', through: 19 })
  })

  it('finds an event removed and the rest renumbered beside the bodies', async () => {
    const report = await verified(
      ledger.filter((_, index) => index !== 20).map((event, revision) => ({ ...event, revision })),
    )
    expect(broken(report)).toEqual({ revision: 20, checks: ['columns', 'link'] })
  })

  it('finds an event inserted', async () => {
    const forged = { ...(ledger[6] as Stored), revision: 20 }
    const report = await verified([...ledger.slice(0, 20), forged, ...ledger.slice(20)])
    expect(broken(report)).toEqual({ revision: 20, checks: ['columns', 'link'] })
    expect(faultOf(report, 'order')?.reason).toBe('revision 20 stands twice; 21 was due')
  })

  it('finds two events swapped', async () => {
    const swapped = ledger.map((event, index) => ledger[index === 20 ? 21 : index === 21 ? 20 : index] ?? event)
    expect(broken(await verified(swapped))).toEqual({ revision: 20, checks: ['order'] })
  })

  it('finds an event duplicated', async () => {
    const report = await verified([...ledger.slice(0, 21), ...ledger.slice(20)])
    expect(broken(report)?.revision).toBe(20)
    expect(faultOf(report, 'order')?.reason).toBe('revision 20 stands twice; 21 was due')
  })

  it('finds a tail cut in the middle of a command, but not one cut between two', async () => {
    const report = await verified(ledger.slice(0, 15))
    expect(broken(report)).toEqual({ revision: 15, checks: ['command'] })
    expect(faultOf(report, 'command')?.reason).toBe('2 more events of c-15 are due, but the ledger ends')
    expect((await verified(ledger.slice(0, 14))).sound).toBe(true)
  })

  it('finds an amount altered and everything hashed anew, by deciding the command again', async () => {
    const report = await verified(
      rehashed(6, (said) => ({
        ...said,
        data: { account: 'alice', asset: 'USD', amount: '9500' },
        postings: [
          { account: 'custody', asset: 'USD', amount: '-9500' },
          { account: 'trader/alice', asset: 'USD', amount: '9500' },
        ],
      })),
    )
    expect(broken(report)).toEqual({ revision: 6, checks: ['execution'] })
    expect(faultOf(report, 'execution')?.reason).toBe('data.amount: the rules give "1500", the ledger says "9500"')
  })

  it('finds a fill altered together with its command, since a later decision depends on it', async () => {
    const at = ledger.findIndex(({ body }) => body.includes('"trade":"t-4"'))
    const alter = (text: string) => text.replaceAll('"price":"999"', '"price":"990"')
    const report = await verified(rehashed(at, (said) => JSON.parse(alter(JSON.stringify(said)))))
    expect(brokenChecks(report)).toContain('execution')
    expect(faultOf(report, 'hash')?.outcome).toBe('held')
  })

  it('does not find an outsider’s command altered in every consequence: that takes a checkpoint', async () => {
    const forged = storedOf(
      runLines(
        calm.map((line) =>
          line[0] === 4 && line[1] === 'Deposit'
            ? [4, 'Deposit', { account: 'kim', asset: 'USD', amount: '1' }, 'venue']
            : line,
        ),
      ),
    )
    expect((await verified(forged)).sound).toBe(true)
  })

  it('finds postings that do not balance though every hash is right', async () => {
    const report = await verified(
      rehashed(6, (said) => ({ ...said, postings: [{ account: 'trader/alice', asset: 'USD', amount: '1500' }] })),
      { depth: 'fold' },
    )
    expect(broken(report)).toEqual({ revision: 6, checks: ['postings'] })
    expect(faultOf(report, 'postings')?.reason).toBe('its postings sum to 1500 USD, not to zero')
  })

  it('finds a house that is not flat at the end of a command', async () => {
    const report = await verified(
      rehashed(6, (said) => ({
        ...said,
        postings: [
          { account: 'clearing', asset: 'USD', amount: '-1500' },
          { account: 'trader/alice', asset: 'USD', amount: '1500' },
        ],
      })),
      { depth: 'fold' },
    )
    expect(broken(report)).toEqual({ revision: 6, checks: ['house'] })
  })

  it.each<[string, Check, string, (said: Record<string, unknown>) => unknown]>([
    [
      'an account that was never opened',
      'fold',
      'a posting names trader/nobody, but there is no such account',
      (said) => ({
        ...said,
        postings: [
          { account: 'trader/nobody', asset: 'USD', amount: '1' },
          { account: 'custody', asset: 'USD', amount: '-1' },
        ],
      }),
    ],
    [
      'an event that says it has one more beside it',
      'command',
      'c-8 begins, but 1 more of c-7 were due',
      (said) => ({ ...said, metadata: { ...(said.metadata as object), events: 2 } }),
    ],
    [
      'a kind of event nobody knows',
      'reading',
      'event 6 (CollateralTeleported): an event type this program does not know; a newer version may',
      (said) => ({ ...said, type: 'CollateralTeleported' }),
    ],
    [
      'rules nobody has',
      'decider',
      'rules 99 decided it, and this program holds rules 6: of states and decisions from here on nothing is claimed',
      (said) => ({ ...said, metadata: { ...(said.metadata as object), decider: 99 } }),
    ],
  ])('stops at %s, and says so', async (_, check, reason, change) => {
    const history = rehashed(6, change).map((event) => ({ ...event, type: JSON.parse(event.body).type }))
    const report = await verified(history, check === 'decider' ? {} : { depth: 'fold' })
    expect(faultOf(report, check)?.outcome).toBe('broken')
    expect(faultOf(report, check)?.reason).toBe(reason)
  })

  it('of an older edition holds in chain, form and postings to its end, and claims nothing of states', async () => {
    const old = sealed(ledger.map(saidBy).map((said) => ({ ...said, metadata: { ...said.metadata, decider: 1 } })))
    const report = await verified(old)
    expect(broken(report)).toEqual({ revision: 0, checks: ['decider'] })
    for (const check of ['order', 'link', 'hash', 'reading', 'postings'] as const)
      expect(faultOf(report, check)).toEqual({ check, outcome: 'held', through: ledger.length - 1 })
    for (const check of ['fold', 'command', 'house', 'execution'] as const)
      expect(faultOf(report, check)).toEqual({ check, outcome: 'ended', through: -1 })
    expect(report.state).toBeUndefined()
  })

  it('of an older edition still names the first event that moves what is not there', async () => {
    const old = ledger.map(saidBy).map((said, at) => ({
      ...said,
      metadata: { ...said.metadata, decider: 1 },
      ...(at === 6 ? { postings: said.postings.slice(1) } : {}),
    }))
    expect(faultOf(await verified(sealed(old)), 'postings')).toMatchObject({ outcome: 'broken', at: 6 })
  })

  it('takes a ledger without an event for what it is', async () => {
    expect(await verified([])).toMatchObject({ sound: true, complete: true, events: 0, revision: -1 })
  })

  it('names the events of a liquidation altered in a figure that moves no money', async () => {
    const at = indexOf('LiquidationStarted')
    const report = await verified(
      rehashed(at, (said) => ({ ...said, data: { ...(said.data as object), equity: '391' } })),
    )
    expect(broken(report)).toEqual({ revision: at, checks: ['execution'] })
  })

  it('brings events of an older schema up to today’s, and compares them with the rules by what they mean', async () => {
    const deposit = indexOf('CollateralDeposited')
    let previousHash = ledger[deposit - 1]?.hash ?? ''
    const older = ledger.map((event, index) => {
      if (index < deposit) return event
      const said = JSON.parse(event.body)
      const { amount, ...data } = said.data
      const written = event.type === 'CollateralDeposited' ? { ...data, value: amount } : said.data
      const body = canonicalJson({ ...said, data: written, metadata: { ...said.metadata, previousHash } })
      const hash = linkHash(previousHash, body)
      previousHash = hash
      return { ...event, body, hash, id: eventIdOf(hash) }
    })
    const same = (data: Readonly<Record<string, unknown>>) => data
    const upcasters: Upcasters = {
      Deleveraged: [same],
      InstrumentListed: [same],
      Liquidated: [same],
      LiquidationStarted: [same],
      PoolParametersSet: [same, same, same, same, same, same, same, same],
      TimePassed: [same],
      CollateralDeposited: [({ value, ...data }) => ({ ...data, amount: value })],
    }
    const report = await verified(older, { upcasters })
    expect(report).toMatchObject({ sound: true, complete: true, events: ledger.length })
    expect(report.comparedByMeaning).toBeGreaterThan(3)
    const stateOf = ({ state }: Verification) => (state === undefined ? '' : stateHash({ ...state, head: genesis }))
    expect(stateOf(report)).toBe(stateOf(await verified(ledger)))
    expect(broken(await verified(older))).toEqual({ revision: deposit, checks: ['reading'] })
  })
})
