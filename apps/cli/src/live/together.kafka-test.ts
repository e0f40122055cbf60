import { crash } from './kit/crash'
import { metricOf, openRealMesh, type RealMesh } from './kit/real-mesh'
import { expectLedgerAsFolded, expectSound } from './kit/sound'

const bootstrap = process.env.NOVATION_TEST_KAFKA
const describeKafka = bootstrap === undefined ? describe.skip : describe

describeKafka('the mesh in two processes, the ledger and all reactors on one state', () => {
  let mesh: RealMesh
  const begun = ['ledger', 'reactors'] as const

  beforeEach(async () => {
    mesh = await openRealMesh(bootstrap ?? '', `pair${Date.now().toString(36)}`)
    await Promise.all(begun.map((name) => mesh.start(name)))
  })

  afterEach(() => mesh.stop())

  it('takes a crash to its end, and stops in good order', async () => {
    const commands = crash(mesh.pool, Date.now())
    await mesh.send(...commands)
    await expectSound(mesh, commands)
    const types = new Set((await mesh.ledger()).map(({ type }) => type))
    expect([...types]).toEqual(
      expect.arrayContaining(['MarginCall', 'LiquidationStarted', 'Deleveraged', 'LiquidationEnded']),
    )
    expect(await metricOf(mesh.services.get('reactors'), 'novation_reactor_revision')).toBe(await mesh.revision())
    await expectLedgerAsFolded(mesh)
    expect(await mesh.stopServices()).toEqual([0, 0])
  })

  it('survives kill -9 of all reactors at once, again and again', async () => {
    const commands = crash(mesh.pool, Date.now())
    for (const [i, command] of commands.entries()) {
      await mesh.send(command)
      if (i % 12 !== 10) continue
      await mesh.services.get('reactors')?.kill('SIGKILL')
      await mesh.start('reactors')
    }
    await expectSound(mesh, commands)
    await expectLedgerAsFolded(mesh)
  })

  it('goes on where each reactor was a process of its own before, and the other way round', async () => {
    const commands = crash(mesh.pool, Date.now())
    await mesh.send(...commands.slice(0, 25))
    expect(await mesh.services.get('reactors')?.kill('SIGTERM')).toBe(0)
    await Promise.all(['margin', 'liquidator', 'insurance', 'keeper'].map((name) => mesh.start(name)))
    await mesh.send(...commands.slice(25, 27))
    for (const name of ['margin', 'liquidator', 'insurance', 'keeper'])
      expect(await mesh.services.get(name)?.kill('SIGTERM')).toBe(0)
    await mesh.start('reactors')
    await mesh.send(...commands.slice(27))
    await expectSound(mesh, commands)
    await expectLedgerAsFolded(mesh)
  })
})
