const { runTests } = require('./run-tests')

const none = -1
const patience_ms = 120_000

const whyRed = ({ names, tests }, { test, error }) =>
  `"${names[tests.indexOf(test)]}" fails without any mutant: ${error?.stack ?? error}`

/**
 * Runs all tests of a file without a mutant. Answers of each test what it reached, its steps and its time, and what hooks
 * reached on behalf of all of them. Throws where one fails.
 */
const observe = async (loaded, board) => {
  const seen = new Map()
  const shared = new Set()
  const share = () => {
    for (const [id, hit] of board.seen().reached.entries()) if (hit) shared.add(id)
  }
  board.watch(none)
  const failure = await runTests(loaded.root, {
    wanted: new Set(loaded.tests),
    timeout: () => patience_ms,
    around: async (test, run) => {
      share()
      board.watch(none)
      const start = performance.now()
      await run()
      seen.set(test, { ...board.seen(), ms: performance.now() - start })
      board.watch(none)
    },
  })
  if (failure) throw new Error(whyRed(loaded, failure))
  share()
  return { seen: loaded.tests.map((test) => seen.get(test)), shared }
}

module.exports = { none, observe }
