const { none, observe } = require('./observe')
const { loadingSteps, trial } = require('./trial')

/**
 * Judges mutants by one test file, which stays loaded from one to the next as long as nothing is left behind. `isRepeatable`
 * is false where the tests themselves keep something between two runs.
 */
const court = ({ board, load, seen, first, isRepeatable }) => {
  let loaded = first
  let isClean = isRepeatable

  /** In modules loaded for this mutant alone: needed where loading reaches it, and where another left something behind. */
  const alone = async (id, indexes) => {
    isClean = false
    board.watch(id, loadingSteps)
    try {
      loaded = load()
    } catch (error) {
      const outcome = board.seen().isEndless ? 'timeout' : 'killed'
      return { outcome, by: `loading: ${String(error?.message).split('\n')[0]}` }
    }
    const there = indexes.filter((i) => loaded.tests[i] !== undefined)
    return trial(loaded, board, seen, id, there)
  }

  /** In the modules that are there, and alone where those turn out to remember another mutant, or to hide this one. */
  const among = async (id, indexes) => {
    if (!isRepeatable) return alone(id, indexes)
    if (!isClean) {
      board.watch(none)
      loaded = load()
      isClean = true
    }
    const verdict = await trial(loaded, board, seen, id, indexes)
    if (verdict.outcome === 'survived') return verdict.masked ? alone(id, indexes) : verdict
    if (verdict.isLate) isClean = false
    if (verdict.outcome === 'timeout') return verdict
    const sober = await trial(loaded, board, seen, none, [verdict.index])
    return sober.outcome === 'survived' ? verdict : alone(id, indexes)
  }

  return { alone, among }
}

/**
 * Yields a verdict for each mutant that is alive and within reach of this file's tests, of those tests only that take more
 * than `shortest_ms` and at most `longest_ms` without a mutant; and first, how many take longer.
 */
const judge = async function* ({ board, load, alive, shortest_ms, longest_ms }) {
  if (alive.length === 0) return
  board.watch(none)
  const first = load()
  const atLoading = board.seen().reached
  const { seen, shared } = await observe(first, board)
  const all = [...seen.keys()].filter((i) => seen[i] !== undefined)
  const some = all.filter((i) => seen[i].ms > shortest_ms && seen[i].ms <= longest_ms)
  yield { longer: all.filter((i) => seen[i].ms > longest_ms).length }

  const testsOf = (id) => (atLoading[id] || shared.has(id) ? some : some.filter((i) => seen[i].reached[id]))
  const reached = alive.filter((id) => testsOf(id).length > 0)
  if (reached.length === 0) return

  const isRepeatable = (await trial(first, board, seen, none, some)).outcome === 'survived'
  const { alone, among } = court({ board, load, seen, first, isRepeatable })
  // Those that loading reaches cost a loading each, so they come last.
  for (const id of [...reached.filter((id) => !atLoading[id]), ...reached.filter((id) => atLoading[id])]) {
    const indexes = testsOf(id)
    yield { begin: id, ms: indexes.reduce((sum, i) => sum + seen[i].ms, 0) }
    const { outcome, by } = await (atLoading[id] ? alone(id, indexes) : among(id, indexes))
    yield { id, outcome, by }
  }
}

module.exports = { judge }
