import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { crash } from './kit/crash'
import { openRealMesh, serviceNames, until } from './kit/real-mesh'

const bootstrap = process.env.NOVATION_TEST_KAFKA
const describeKafka = bootstrap === undefined ? describe.skip : describe

const root = join(__dirname, '../../../..')
const folder = mkdtempSync(join(tmpdir(), 'novation-building-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const page = readFileSync(join(root, 'docs/building.md'), 'utf8')
for (const [, name = '', code = ''] of page.matchAll(/^```js (\S+)\n([\s\S]*?)^```/gm))
  writeFileSync(join(folder, name), code)

/** A program of the page, as somebody who copied it would start it. */
const start = (name: string, ...args: readonly string[]) =>
  spawn(process.execPath, [join(folder, name), ...args], {
    env: { ...process.env, NODE_PATH: join(root, 'node_modules') },
    stdio: ['pipe', 'pipe', 'inherit'],
  })

describeKafka('the page on building', () => {
  it('has a sender whose commands are done, and a subscriber that hears of the crash, each thing once', async () => {
    const pool = `built${Date.now().toString(36)}`
    const mesh = await openRealMesh(bootstrap ?? '', pool)
    const watching = start('watch.js', bootstrap ?? '', `desk-${pool}`)
    let heard = ''
    watching.stdout.on('data', (bytes: Buffer) => {
      heard += bytes.toString()
    })
    try {
      await Promise.all(serviceNames.map((name) => mesh.start(name)))
      const sending = start('send.js', bootstrap ?? '')
      sending.stdin.end(
        crash(pool, Date.now())
          .map((command) => `${JSON.stringify(command)}\n`)
          .join(''),
      )
      expect(await text(sending.stdout)).toBe('')
      const own = () => heard.split('\n').filter((line) => line.includes(` ${pool} `))
      // Which of the two services is heard first is nobody's rule, nor whether an account is called before it is gone.
      const expected = [/LiquidationStarted: \w+ is up for auction$/, /MarginCall: \w+ must bring [\d.]+ by 20\d\d-/]
      await until(
        () => expected.every((line) => own().some((told) => line.test(told))),
        () => `heard only: ${heard}`,
      )
      expect(new Set(own()).size).toBe(own().length)
    } finally {
      watching.kill('SIGKILL')
      await mesh.stop()
    }
  })
})
