import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startNovation } from './test-process'
import { anyPrice, ndjson, smallPool, testWorld } from './test-world'

const root = join(__dirname, '../../..')
const page = readFileSync(join(root, 'docs/building.md'), 'utf8')
const { take, folder, file } = testWorld()
jest.setTimeout(60_000)

describe('docs/building.md', () => {
  it('has a desk that hears of every margin call over HTTP', async () => {
    const [, code = ''] = /^```js desk\.js\n([\s\S]*?)^```/m.exec(page) ?? []
    file('desk.js', code)
    const fall = ['PublishPrice', { instrument: 'BTC-PERP', price: '850' }, { actor: 'oracle' }] as const
    await take(['run', file('fall.ndjson', ndjson(...smallPool, anyPrice, fall)), `--ledger=${folder('built')}`])
    const watching = startNovation(['watch', `--ledger=${folder('built')}`, '--listen=127.0.0.1:0'])
    await watching.printed(1)
    const env = { ...process.env, NODE_PATH: join(root, 'node_modules') }
    const desk = spawn(process.execPath, [folder('desk.js'), watching.said().trim()], { env })
    const heard = await new Promise<string>((resolve) => {
      let said = ''
      const hear = (bytes: Buffer): void => {
        said += bytes.toString()
        if (said.includes('\n')) resolve(said)
      }
      desk.stdout.on('data', hear)
      desk.stderr.on('data', hear)
    })
    expect(heard).toMatch(/^alice must bring [\d.]+ by 20\d\d-[^;]+; now restricted\n$/)
    desk.kill('SIGKILL')
    watching.child.kill('SIGTERM')
    await watching.ended
  })
})
