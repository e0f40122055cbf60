import { emptyPool, signersOf, signWith, stateHash } from '@novation/clearing'
import { type Command, developmentKey, formatTime, type LedgerEvent, signCommand } from '@novation/events'
import { hostReactor } from './hosted'
import { begins, lastingPrices, market, price, type Sent, trade, wish } from './kit/market'
import { caller, starter } from './kit/services'
import { advance, passUntil, recovery, startMesh } from './mesh'

const domain = 'd0'
const keyOf = (actor: string) => developmentKey('mesh', actor)
const anna = 'operator:anna'

const adoption = wish('AdoptIdentity', { domain, keys: [{ actor: anna, key: keyOf(anna).key }] })

/** What the operator asks, as anna would sign it; a new key signs its registration too. */
const signed = ({ command, at }: Sent): Sent => {
  const own = { ...command, actor: anna, at: formatTime(at) } as Command
  const more = own.type === 'RegisterKey' ? [keyOf(own.data.actor)] : []
  return { command: signCommand(own, domain, [keyOf(anna), ...more]), at }
}

const services = ['margin', 'liquidator', 'clock']
const registered = services.map((actor) => wish('RegisterKey', { actor, key: keyOf(actor).key }))

const history: readonly Sent[] = [
  adoption,
  ...registered,
  lastingPrices,
  ...market({ alice: '100', bob: '100000' }),
  trade('alice', 'bob', '10'),
  price('94', 1),
].map(signed)

const meshOf = (known: readonly string[]) =>
  startMesh(
    emptyPool('main'),
    [caller, starter].map((reactor) => hostReactor(reactor, 'main')),
    signWith((actor) => (known.includes(actor) ? keyOf(actor) : undefined)),
  )

const run = (known: readonly string[]) => {
  const mesh = meshOf(known)
  const events = history.flatMap(({ command, at }) => advance(mesh, command, at, 20).events)
  const passed = () => passUntil(mesh, begins + 3_600_000, 20).events
  return { mesh, events, passed }
}

const sentBy = (events: readonly LedgerEvent[], actor: string): readonly Command[] =>
  events.flatMap(({ metadata: { command } }) => (command?.actor === actor ? [command] : []))

describe('a mesh whose pool is signed', () => {
  it('signs what its services ask, and that time passes, at ledger time', () => {
    const { mesh, events, passed } = run(services)
    const all = [...events, ...passed()]
    for (const actor of services) {
      const commands = sentBy(all, actor)
      expect([actor, commands.length > 0]).toEqual([actor, true])
      for (const command of commands) expect(signersOf(mesh.pool, command)).toEqual([actor])
    }
    const [call] = sentBy(all, 'margin')
    expect(call?.at).toBe('2020-03-12T10:00:01.000Z')
  })

  it('goes on as if it had never stopped', () => {
    const { mesh, events } = run(services)
    const again = recovery(meshOf(services))
    for (const event of events) again.read(event)
    expect(again.resume(20).events).toEqual([])
    const cut = events.findIndex(({ metadata }) => metadata.actor === 'margin')
    const other = meshOf(services)
    const half = recovery(other)
    for (const event of events.slice(0, cut)) half.read(event)
    const ids = half.resume(20).events.map(({ id }) => id)
    expect(ids).toEqual(events.slice(cut).map(({ id }) => id))
    expect(stateHash(other.pool)).toBe(stateHash(mesh.pool))
  })

  it('asks in vain where a service has no key, and time does not pass without one', () => {
    const { events, passed } = run(['liquidator'])
    expect(sentBy(events, 'margin')).toEqual([])
    expect(sentBy(events, 'liquidator')).not.toEqual([])
    expect(passed).toThrow('time does not pass')
  })
})
