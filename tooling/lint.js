const { runNode, say } = require('./setup')

/** Each step finds what the others cannot see. All run, so that one look shows everything. */
const steps = [
  [
    'style, unused names, cycles',
    'node_modules/@biomejs/biome/bin/biome',
    ['check', '--error-on-warnings', '--max-diagnostics=200'],
  ],
  ['walls between rooms', 'tooling/walls/index.js', []],
  ['dead exports, files and dependencies', 'node_modules/knip/bin/knip.js', ['--no-progress', '--no-config-hints']],
  ['promises, tasks and answers that nobody heeds', 'tooling/unheeded/index.js', []],
  ['types, of tests too', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.check.json']],
]

/** Runs every step and answers 1 if any of them found something. */
const lint = () => {
  const failed = steps.filter(([, file, args]) => runNode(file, args).code !== 0)
  for (const [what] of failed) say(`lint: ${what} failed`)
  if (failed.length === 0) say(`lint: clean (${steps.map(([what]) => what).join('; ')})`)
  return failed.length === 0 ? 0 : 1
}

module.exports = { lint }
