const { none } = require('./observe')
const { runTests } = require('./run-tests')

/** How much longer than without a mutant a test may take, in time and in steps, before it counts as hanging. */
const slack = { times: 10, ms: 2000, steps: 2_000_000 }

const mostSteps = (steps) => steps * slack.times + slack.steps

/** What a file may take to load with a mutant on. */
const loadingSteps = mostSteps(0)

/**
 * Runs the tests at `indexes` with one mutant on (or none), up to the first that fails: `killed`, `timeout`, `survived`;
 * `masked` where a test that reached the mutant before has not now, since something was kept between the runs.
 */
const trial = async (loaded, board, seen, id, indexes) => {
  const place = new Map(loaded.tests.map((test, i) => [test, i]))
  const stepsOf = (i) => seen[i]?.steps ?? 0
  const hit = new Set()
  let isEndless = false
  board.watch(id, mostSteps(Math.max(0, ...indexes.map(stepsOf))))
  const failure = await runTests(loaded.root, {
    wanted: new Set(indexes.map((i) => loaded.tests[i])),
    timeout: (test) => (seen[place.get(test)]?.ms ?? 0) * slack.times + slack.ms,
    around: async (test, work) => {
      board.watch(id, mostSteps(stepsOf(place.get(test))))
      await work()
      if (board.seen().reached[id]) hit.add(place.get(test))
      isEndless ||= board.seen().isEndless
    },
  })
  isEndless ||= board.seen().isEndless
  board.watch(none)
  if (!failure) return { outcome: 'survived', masked: !indexes.every((i) => hit.has(i)) }
  const isLate = failure.error?.isLate === true
  const index = place.get(failure.test)
  return { outcome: isEndless || isLate ? 'timeout' : 'killed', by: loaded.names[index], index, isLate }
}

module.exports = { loadingSteps, trial }
