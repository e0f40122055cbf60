import { generateKeyPairSync } from 'node:crypto'
import { canonicalJson, eventIdOf, genesis, linkHash, type Stored } from '@novation/events'
import { calm, crash, foldOf, runLines, storedOf } from '../test-world'
import { verify } from '../verify/verify'
import { checkpointLine, readPrivateKey, readPublicKey, signCheckpoint, statementAt } from './checkpoint'
import { checkpointWitness, readCheckpoints } from './witness'

const pair = generateKeyPairSync('ed25519')
const events = runLines(crash)
const ledger = storedOf(events)

const signedAt = (revision: number) =>
  signCheckpoint(statementAt(foldOf(events.slice(0, revision + 1)), ledger[revision] as Stored), pair.privateKey)

const file = [10, 30, ledger.length - 1].map((revision) => checkpointLine(signedAt(revision))).join('')
const read = (text: string) => readCheckpoints(text, 'main', pair.publicKey)

const witnesses = () => {
  const checkpoints = read(file)
  if (checkpoints._tag === 'Left') throw new Error(checkpoints.left)
  return checkpoints.right.map(checkpointWitness)
}

const brokenCheckpoint = async (history: readonly Stored[], depth: 'everything' | 'fold' | 'chain' = 'everything') =>
  (await verify(history, { pool: 'main', depth, witnesses: witnesses() })).checks.find(
    ({ check }) => check === 'checkpoint',
  )

describe('a signed checkpoint', () => {
  it('vouches for the ledger it was made of, at every depth', async () => {
    for (const depth of ['everything', 'fold', 'chain'] as const)
      expect(await brokenCheckpoint(ledger, depth)).toEqual({
        check: 'checkpoint',
        outcome: 'held',
        through: ledger.length - 1,
      })
  })

  it('finds a tail that was cut between two commands, where nothing else can', async () => {
    const cut = ledger.slice(0, 32)
    expect((await verify(cut, { pool: 'main' })).sound).toBe(true)
    expect(await brokenCheckpoint(cut)).toMatchObject({
      outcome: 'broken',
      at: 32,
      reason: `revision ${ledger.length - 1} was vouched for, but the ledger ends at 31: its tail is missing`,
    })
  })

  it('finds a history that keeps every rule, but is not the one that was signed', async () => {
    const forged = storedOf(
      runLines([
        ...calm.slice(0, 6),
        [1, 'Deposit', { account: 'alice', asset: 'USD', amount: '1501' }, 'venue'],
        ...crash.slice(7),
      ]),
    )
    const report = await verify(forged, { pool: 'main', witnesses: witnesses() })
    expect(report.firstBroken).toEqual({ revision: 10, checks: ['checkpoint'] })
    expect(report.checks.find(({ check }) => check === 'execution')?.outcome).toBe('held')
  })

  it('finds a chain that was hashed anew, without deciding anything again', async () => {
    let previousHash = genesis
    const rehashed = ledger.map((event) => {
      const body = canonicalJson({
        ...JSON.parse(event.body.replace('"1500"', '"1501"')),
        metadata: { ...JSON.parse(event.body).metadata, previousHash },
      })
      const hash = linkHash(previousHash, body)
      previousHash = hash
      return { ...event, body, hash, id: eventIdOf(hash) }
    })
    expect(await brokenCheckpoint(rehashed, 'chain')).toMatchObject({ outcome: 'broken', at: 10 })
  })

  it('is worth nothing once it says something else than was signed, or was signed by another key', () => {
    const other = signCheckpoint(signedAt(10).statement, generateKeyPairSync('ed25519').privateKey)
    expect(read(file.replace('"revision":10', '"revision":11'))).toMatchObject({
      left: expect.stringContaining('line 1: the signature at revision 11 is not valid: the statement was altered'),
    })
    expect(read(checkpointLine(other))).toMatchObject({ left: expect.stringContaining('it was signed by another key') })
    expect(read('{"half":')).toMatchObject({ left: 'line 1: not JSON' })
    expect(read('{}')).toMatchObject({ left: 'line 1: not a checkpoint' })
    expect(read('\n')).toMatchObject({ left: 'there is no checkpoint in it' })
    expect(readCheckpoints(file, 'other', pair.publicKey)).toMatchObject({
      left: 'line 1: a checkpoint of pool main, not of other',
    })
  })

  it('is the same bytes whenever it is signed again', () => {
    expect(checkpointLine(signedAt(10))).toBe(checkpointLine(signedAt(10)))
  })

  it('takes Ed25519 keys only, and never a private one to verify with', () => {
    const pem = (type: 'spki' | 'pkcs8', key = pair) =>
      type === 'spki'
        ? key.publicKey.export({ type, format: 'pem' }).toString()
        : key.privateKey.export({ type, format: 'pem' }).toString()
    expect(readPublicKey(pem('spki'))._tag).toBe('Right')
    expect(readPrivateKey(pem('pkcs8'))._tag).toBe('Right')
    expect(readPublicKey(pem('pkcs8'))).toMatchObject({
      left: 'this is a private key: verification takes the public one alone',
    })
    expect(readPrivateKey('no key')).toMatchObject({ left: 'this is not a private key in PEM' })
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(readPublicKey(rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString())).toMatchObject({
      left: 'the public key is rsa, not ed25519',
    })
  })

  it('says what it was signed with and what was found, in short', () => {
    const checkpoint = signedAt(10)
    const { objection } = checkpointWitness(checkpoint)
    const event = ledger[10] as Stored
    const { hash, stateHash } = checkpoint.statement
    expect(objection(event, foldOf(events.slice(0, 11)))).toBeUndefined()
    expect(objection(event, undefined)).toBeUndefined()
    expect(objection({ ...event, hash: 'f'.repeat(64) }, undefined)).toBe(
      `signed with hash ${hash.slice(0, 12)}…, but the ledger has ${'f'.repeat(12)}…: an event up to here was altered and the chain hashed anew`,
    )
    expect(objection(event, foldOf(events.slice(0, 10)))).toMatch(
      new RegExp(`^signed with state ${stateHash.slice(0, 12)}…, but a replay gives [0-9a-f]{12}…$`),
    )
  })

  it('says where a ledger stood, and names its key without saying it', () => {
    const { statement, key } = signedAt(10)
    const { stateHash: _, ...rest } = statement
    expect(rest).toEqual({ pool: 'main', revision: 10, hash: ledger[10]?.hash, at: '2020-03-12T10:00:03.000Z' })
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(checkpointLine(signedAt(10))).toBe(`${canonicalJson(signedAt(10))}\n`)
    expect(pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')).not.toContain(key)
  })

  it('is refused with its line, blank lines not counting as checkpoints but as lines', () => {
    const line = checkpointLine(signedAt(10))
    expect(read(`\n${line}\n \n${line}`)).toMatchObject({ right: [{ statement: { revision: 10 } }, {}] })
    expect(read(`${line}\nnothing\n`)).toMatchObject({ left: 'line 3: not JSON' })
    for (const field of ['pool', 'revision', 'hash', 'stateHash', 'at']) {
      const { [field]: _, ...rest } = signedAt(10).statement as Record<string, unknown>
      expect(read(JSON.stringify({ ...signedAt(10), statement: rest }))).toMatchObject({
        left: 'line 1: not a checkpoint',
      })
    }
    for (const field of ['statement', 'key', 'signature']) {
      const { [field]: _, ...rest } = signedAt(10) as unknown as Record<string, unknown>
      expect(read(JSON.stringify(rest))).toMatchObject({ left: 'line 1: not a checkpoint' })
    }
  })
})
