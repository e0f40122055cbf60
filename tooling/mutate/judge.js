const { runTests } = require('./run-tests')

const none = -1
const patience_ms = 120_000
/** How much longer than without a mutant a test may take, in time and in steps, before it counts as hanging. */
const slack = { times: 10, ms: 2000, steps: 2_000_000 }

const failed = ({ names, tests }, { test, error }) =>
  Object.assign(new Error(`"${names[tests.indexOf(test)]}" fails without any mutant: ${error?.stack ?? error}`))

/** Runs all tests without a mutant and answers what each one reached, its steps and its time. */
const observe = async (loaded, board) => {
  const seen = new Map()
  // What hooks and the loading of the file reach, every test reaches.
  const shared = board.seen().reached
  board.watch(none)
  const failure = await runTests(loaded.root, {
    wanted: new Set(loaded.tests),
    timeout: () => patience_ms,
    around: async (test, run) => {
      for (const [id, hit] of board.seen().reached.entries()) if (hit) shared[id] = 1
      board.watch(none)
      const start = performance.now()
      await run()
      seen.set(test, { ...board.seen(), ms: performance.now() - start })
      board.watch(none)
    },
  })
  if (failure) throw failed(loaded, failure)
  return { seen: loaded.tests.map((test) => seen.get(test)), shared }
}

/** Yields a verdict for each mutant that is alive and within reach of this file's tests: see `runner`. */
const judge = async function* ({ board, load, alive, longest_ms }) {
  if (alive.length === 0) return
  board.watch(none)
  let loaded = load()
  const atLoading = board.seen().reached
  const { seen, shared } = await observe(loaded, board)
  const usable = seen.map((each) => each !== undefined && each.ms <= longest_ms)
  const tooLong = usable.filter((each) => !each).length
  if (tooLong > 0) yield { tooLong }

  const everywhere = seen.map((_, i) => i).filter((i) => usable[i])
  const within = (id) => everywhere.filter((i) => shared[id] || seen[i].reached[id])
  const reached = alive.filter((id) => atLoading[id] || within(id).length > 0)
  if (reached.length === 0) return

  const timeout = (i) => seen[i].ms * slack.times + slack.ms
  const run = async (id, indexes) => {
    const hit = new Set()
    const place = new Map(loaded.tests.map((test, i) => [test, i]))
    board.watch(id, Math.max(...seen.map((each) => each?.steps ?? 0)) * slack.times + slack.steps)
    let isEndless = false
    const failure = await runTests(loaded.root, {
      wanted: new Set(indexes.map((i) => loaded.tests[i])),
      timeout: (test) => timeout(place.get(test)),
      around: async (test, work) => {
        board.watch(id, (seen[place.get(test)]?.steps ?? 0) * slack.times + slack.steps)
        await work()
        if (board.seen().reached[id]) hit.add(place.get(test))
        isEndless ||= board.seen().isEndless
      },
    })
    const isHung = isEndless || board.seen().isEndless || failure?.error?.isLate === true
    board.watch(none)
    if (!failure) return { outcome: 'survived', masked: !indexes.every((i) => hit.has(i)) }
    const index = place.get(failure.test)
    return { outcome: isHung ? 'timeout' : 'killed', by: loaded.names[index], index, isLate: failure.error?.isLate }
  }

  let isClean = false
  let isRepeatable = false
  const renew = () => {
    board.watch(none)
    loaded = load()
    isClean = isRepeatable
  }

  /** In modules loaded for this mutant alone: needed where loading reaches it, and where another left something behind. */
  const fresh = async (id, indexes) => {
    isClean = false
    board.watch(id, slack.steps * slack.times)
    try {
      loaded = load()
    } catch (error) {
      return { outcome: board.seen().isEndless ? 'timeout' : 'killed', by: `loading: ${error.message.split('\n')[0]}` }
    }
    return run(
      id,
      indexes.filter((i) => loaded.tests[i] !== undefined),
    )
  }

  const warm = async (id, indexes) => {
    if (!isClean) renew()
    if (!isClean) return fresh(id, indexes)
    const verdict = await run(id, indexes)
    if (verdict.outcome === 'survived') return verdict.masked ? fresh(id, indexes) : verdict
    if (verdict.isLate) isClean = false
    if (verdict.outcome === 'timeout') return verdict
    // The mutant may have left something in a module: then what failed fails without it too, and it is tried alone.
    const sober = await run(none, [verdict.index])
    return sober.outcome === 'survived' ? verdict : fresh(id, indexes)
  }

  // Those that loading reaches cost a loading each, so they come last.
  const ordered = [...reached.filter((id) => !atLoading[id]), ...reached.filter((id) => atLoading[id])]
  // Tests that fail at their second run keep something between runs, so each mutant gets modules of its own.
  isRepeatable = (await run(none, everywhere)).outcome === 'survived'
  isClean = isRepeatable
  for (const id of ordered) {
    const indexes = atLoading[id] ? everywhere : within(id)
    yield { begin: id, ms: indexes.reduce((sum, i) => sum + seen[i].ms, 0) }
    const start = performance.now()
    const { outcome, by } = atLoading[id] ? await fresh(id, indexes) : await warm(id, indexes)
    yield { id, outcome, by, tests: indexes.length, ms: performance.now() - start }
  }
}

module.exports = { judge }
