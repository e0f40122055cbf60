const within = (ms, work) => {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error(`not done after ${ms} ms`), { isLate: true })), ms)
  })
  return Promise.race([work(), late]).finally(() => clearTimeout(timer))
}

/** Calls a test or a hook as jest does: it may answer a promise or take `done`. */
const call = (fn) =>
  fn.length === 0
    ? (async () => fn.call({}))()
    : new Promise((resolve, reject) => fn.call({}, (error) => (error ? reject(error) : resolve())))

const hooks = (block, type) => block.hooks.filter((hook) => hook.type === type)
const lineage = (block) => (block ? [...lineage(block.parent), block] : [])
const nameOf = (test) => [...lineage(test.parent).slice(1), test].map(({ name }) => name).join(' › ')

const testsIn = (block) => block.children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)))

/** The tests of a block that jest would run, with their full names. */
const runnable = (block) =>
  testsIn(block)
    .filter(({ mode, fn }) => fn && mode !== 'skip' && mode !== 'todo')
    .map((test) => ({ name: nameOf(test), test }))

/**
 * Runs the tests that are wanted, with their hooks, in the order in which they stand; `around(test, run)` is told of each.
 * Ends at the first that fails, and answers it with its error, or undefined where all pass.
 */
const runTests = async (root, { wanted, timeout, around = (_, run) => run() }) => {
  let failure
  let current
  const blame = (error) => {
    failure ??= { test: current, error }
  }
  const attempt = async (fn, ms) => {
    try {
      await within(ms, () => call(fn))
    } catch (error) {
      blame(error ?? new Error('thrown without an error'))
    }
  }
  const one = async (test) => {
    current = test
    const blocks = lineage(test.parent)
    const ms = timeout(test)
    for (const hook of blocks.flatMap((block) => hooks(block, 'beforeEach'))) if (!failure) await attempt(hook.fn, ms)
    if (!failure) await attempt(test.fn, ms)
    for (const hook of [...blocks].reverse().flatMap((block) => hooks(block, 'afterEach'))) await attempt(hook.fn, ms)
  }
  const all = async (block) => {
    const tests = testsIn(block).filter((test) => wanted.has(test))
    if (tests.length === 0) return
    current = tests[0]
    const ms = Math.max(...tests.map(timeout))
    for (const hook of hooks(block, 'beforeAll')) if (!failure) await attempt(hook.fn, ms)
    for (const child of block.children) {
      if (failure) break
      if (child.type !== 'test') await all(child)
      else if (wanted.has(child)) await around(child, () => one(child))
    }
    for (const hook of hooks(block, 'afterAll')) await attempt(hook.fn, ms)
  }
  process.on('unhandledRejection', blame)
  process.on('uncaughtException', blame)
  try {
    await all(root)
    // What nobody waited for shows on the next turn.
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off('unhandledRejection', blame)
    process.off('uncaughtException', blame)
  }
  return failure
}

module.exports = { runnable, runTests }
