/**
 * Runs one task of the house on any checkout, however bare: installs and builds what is missing first, silently where
 * nothing is. `node tooling/run.js TASK [ARGUMENTS]`; the exit code is the task's own. Needs Node and npm, nothing else.
 */
const { existsSync } = require('node:fs')
const path = require('node:path')
const { build, install, root, run, runNode, say, turbo } = require('./setup')
const { add, collect, failed, forget, line, none } = require('./results')
const { lint } = require('./lint')

const needsBuild = (task) => (args) => build() || task(args)

const test = (args) => {
  forget(root, 'unit')
  const { code } = turbo(['run', 'test', '--continue=always', '--output-logs=new-only', '--log-order=grouped', ...args])
  const { counts, failures, silent } = collect(root, 'unit')
  // Arguments may choose some rooms; without them, a room that told no result has failed.
  const missing = args.length === 0 ? silent : []
  for (const room of missing) say(`${room}: its tests gave no result`)
  for (const failure of failures) say(failed(failure))
  const total = add(counts, { ...none, failed: missing.length })
  process.stdout.write(`${line(total)}\n`)
  return code || (total.failed > 0 ? 1 : 0)
}

/** What the last runs of all suites came to, and once more what failed in them. */
const count = () => {
  const all = ['unit', 'kafka', 'eventstore'].map((suite) => collect(root, suite))
  for (const failure of all.flatMap(({ failures }) => failures)) say(failed(failure))
  const total = all.map(({ counts }) => counts).reduce(add, none)
  process.stdout.write(`${line(total)}\n`)
  return 0
}

const needsFile = (file, args) => {
  if (existsSync(path.join(root, file))) return runNode(file, args).code
  say(`${file} is not there.`)
  return 1
}

/** Runs a script from its sources, on rooms that are built. */
const script = (file) =>
  needsBuild((args) => run(process.execPath, ['--require', './packages/testing/register.js', file, ...args]).code)

/** Tests on a real part, room after room, on what is built. */
const onReal = (suite) =>
  needsBuild((args) => {
    forget(root, suite)
    return run('npm', ['run', '--silent', `test:${suite}`, '--workspaces', '--if-present', '--', ...args]).code
  })

/** What is made of what: each of these rooms from those before it. */
const generate = () =>
  ['packages/events', 'services/gateway', 'packages/client'].reduce(
    (code, room) => code || run('npm', ['run', '--silent', 'generate', '-w', room]).code,
    0,
  )

/** At full length what the suite does in short: sockets that die a thousand times, two hundred moments of a ledger, and twenty of what a page has worked out. */
const gatewayAtLength = (args) => {
  Object.assign(process.env, { NOVATION_CUTS: '1000', NOVATION_TRUTH: '200', NOVATION_FIGURES: '20' })
  const room = (name, path) => run('npm', ['run', '--silent', 'test', '-w', name, '--', path, ...args]).code
  return (
    room('services/gateway', 'src/feeds') ||
    room('packages/client', 'src/(feed|conversation)') ||
    room('apps/cli', 'src/(live/truth|console-worked-out)')
  )
}

/** An expiry of so many option positions, killed in the middle and finished; the suite does it in short. */
const expiryAtLength = (args) => {
  const positions = args.find((arg) => arg.startsWith('--positions='))?.slice(12) ?? '100000'
  Object.assign(process.env, { NOVATION_POSITIONS: positions })
  return run('npm', ['run', '--silent', 'test', '-w', '@novation/ledger', '--', 'src/killed-expiry']).code
}

/** The pictures of the console, made anew: look at each beside the one before. With `--record` the demo that they are of is decided anew first. */
const pictures = (args) => {
  Object.assign(process.env, { NOVATION_PICTURES: 'make' })
  const rest = args.filter((arg) => arg !== '--record')
  const recorded = rest.length === args.length ? 0 : script('apps/cli/src/kit/record-demo.script.ts')([])
  if (recorded !== 0) return recorded
  return run('npm', [
    'run',
    '--silent',
    'test',
    '-w',
    'novation-cli',
    '--',
    'src/console-(pictures|varied).test.ts',
    ...rest,
  ]).code
}

const tasks = {
  bench: script('benchmarks/run.ts'),
  'bench:console': script('benchmarks/console/run.ts'),
  'bench:core': script('benchmarks/core/run.ts'),
  'bench:decimal': script('packages/decimal/src/kit/bench.script.ts'),
  'bench:demo': script('benchmarks/demo/run.ts'),
  'bench:events': script('packages/events/src/kit/bench.script.ts'),
  'bench:gateway': script('benchmarks/gateway/run.ts'),
  'bench:mesh': script('benchmarks/mesh/run.ts'),
  'bench:options': (args) =>
    script('packages/risk/src/portfolio/kit/bench.script.ts')(args) || script('benchmarks/portfolios/run.ts')(args),
  'bench:ready': script('benchmarks/ready/run.ts'),
  'bench:store': script('benchmarks/store/run.ts'),
  'bench:quotes': script('benchmarks/quotes.ts'),
  'bench:signed': script('benchmarks/signed.ts'),
  'bench:verify': script('benchmarks/verify.ts'),
  browser: script('apps/cli/src/kit/browser.script.ts'),
  build: (args) => turbo(['run', 'build', ...args]).code,
  count,
  equality: script('benchmarks/equality/run.ts'),
  generate: needsBuild(generate),
  'fuzz:decimal': script('packages/decimal/src/kit/fuzz.script.ts'),
  'fuzz:events': script('packages/events/src/kit/fuzz.script.ts'),
  'fuzz:gateway': script('services/gateway/src/kit/fuzz.script.ts'),
  kernel: script('packages/risk/src/kernel/kit/constants.script.ts'),
  laws: script('packages/clearing/src/laws/laws.script.ts'),
  raids: script('packages/clearing/src/laws/raids.script.ts'),
  'laws:portfolio': script('packages/risk/src/portfolio/kit/laws.script.ts'),
  lint,
  test,
  // Tests run on the sources, so nothing need be built.
  mutate: (args) => runNode('tooling/mutate/index.js', args).code,
  demo: needsBuild((args) => needsFile('apps/cli/bin/novation.js', ['demo', ...args])),
  pictures: needsBuild(pictures),
  simulate: needsBuild((args) => needsFile('packages/simulator/dist/main.js', args)),
  'test:eventstore': onReal('eventstore'),
  'test:expiry': expiryAtLength,
  'test:gateway': gatewayAtLength,
  'test:kafka': onReal('kafka'),
}

const [name = '', ...args] = process.argv.slice(2)
const task = tasks[name]
if (task === undefined) {
  say(`usage: node tooling/run.js ${Object.keys(tasks).join('|')} [arguments]`)
  process.exitCode = 2
} else {
  process.exitCode = name === 'count' ? count() : install() || task(args)
}
