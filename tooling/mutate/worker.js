const { runCLI } = require('jest')

/** One jest that stays: `node worker.js ROOM PLAN TEST_FILE…`. What it finds out, it writes to file descriptor 3. */
const [room, plan, ...files] = process.argv.slice(2)
const own = require(`${room}/jest.config.js`)
const [[pattern, [, swc]]] = Object.entries(own.transform)

const config = {
  ...own,
  reporters: [],
  testEnvironmentOptions: { plan },
  testSequencer: require.resolve('./sequencer'),
  testRunner: require.resolve('./runner'),
  transform: { [pattern]: [require.resolve('./transform'), { plan, swc }] },
}

const main = async () => {
  const { results } = await runCLI(
    { _: files, $0: 'mutate', config: JSON.stringify(config), runInBand: true, runTestsByPath: true, silent: true },
    [room],
  )
  const [failure] = results.testResults.filter(({ failureMessage }) => failureMessage)
  if (failure) {
    process.stderr.write(`${failure.failureMessage}\n`)
    process.exitCode = 1
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`)
  process.exitCode = 1
})
