const { spawnSync } = require('node:child_process')
const { constants } = require('node:os')
const path = require('node:path')
const { isInstalled, markInstalled } = require('./installed')
const { makeExportsPlain } = require('./plain-exports')

const root = path.join(__dirname, '../..')
const oldest = 20

/** Set-up talks on standard error: standard output belongs to the command behind it. */
const say = (text) => process.stderr.write(`${text}\n`)

/** As it is when something is run: a task may have said more by then. */
const env = () => ({ ...process.env, TURBO_TELEMETRY_DISABLED: '1' })

// Ctrl-C is for the program that is running: it ends in its own way, and this one ends with its exit code.
process.on('SIGINT', () => undefined)

const exitCodeOf = ({ status, signal }) => status ?? 128 + (constants.signals[signal] ?? 1)

/** Runs a program in the root of the checkout and answers its exit code, as a shell would tell it. */
const run = (command, args, options = {}) => {
  const result = spawnSync(command, args, {
    cwd: root,
    env: env(),
    stdio: 'inherit',
    shell: process.platform === 'win32',
    maxBuffer: 1 << 28,
    ...options,
  })
  if (result.error) say(`cannot run ${command}: ${result.error.message}`)
  return { code: exitCodeOf(result), output: `${result.stdout ?? ''}${result.stderr ?? ''}` }
}

/** Runs a JavaScript file of the checkout with this Node. */
const runNode = (file, args, options) => run(process.execPath, [path.join(root, file), ...args], options)

const turbo = (args, options) => {
  const result = runNode('node_modules/turbo/bin/turbo', args, options)
  makeExportsPlain(root)
  return result
}

const timed = (what, work) => {
  const start = Date.now()
  say(`${what} …`)
  const result = work()
  if (result.code === 0) say(`${what}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`)
  return result.code
}

const checkNode = () => {
  if (Number(process.versions.node.split('.')[0]) >= oldest) return 0
  say(`Novation needs Node ${oldest} or newer; this is ${process.version}.`)
  return 1
}

/** Installs what the lock file says, if it is not there already. Answers an exit code. */
const install = () => {
  const code = checkNode()
  if (code !== 0 || isInstalled(root)) return code
  const npmCi = () => run('npm', ['ci', '--loglevel=error'], { stdio: ['ignore', 2, 2] })
  const failed = timed('Installing dependencies (npm ci)', npmCi)
  if (failed === 0) markInstalled(root)
  return failed
}

/** Compiles what has changed, silently unless it fails. Answers an exit code. */
const build = () => {
  const { code, output } = turbo(['run', 'build', '--output-logs=errors-only'], { stdio: ['ignore', 'pipe', 'pipe'] })
  if (code !== 0) say(`${output}\nThe build failed.`)
  return code
}

module.exports = { build, install, root, run, runNode, say, turbo }
