import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const register = join(__dirname, '../../../packages/testing/register.js')
const loaded = "require('./novation'); process.stdout.write(Object.keys(require.cache).join('\\n'))"

describe('the command line', () => {
  it.each(['@eventstore/db-client', 'kafkajs', 'fastify'])('starts without loading %s', (name) => {
    const modules = execFileSync(process.execPath, ['--require', register, '-e', loaded], {
      cwd: __dirname,
      encoding: 'utf8',
      maxBuffer: 10_000_000,
    })
    expect(modules).toContain(join('cli', 'src', 'commands', 'solvency.ts'))
    expect(modules).not.toContain(join('node_modules', name))
  })
})
