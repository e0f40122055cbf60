const { readFileSync, writeSync } = require('node:fs')
const path = require('node:path')
const { judge } = require('./judge')
const { runnable } = require('./run-tests')
const { switchboard } = require('./switchboard')

/** Written at once, so that whoever reads knows at which mutant this process hung. */
const tell = (message) => writeSync(3, `${JSON.stringify(message)}\n`)

/** A property that fails has told enough: looking for its smallest example may take minutes. And no chance. */
const tame = (runtime, testPath, seed) => {
  let check
  try {
    check = runtime.requireModule(testPath, 'fast-check')
  } catch {
    // The room has no properties.
    return
  }
  check.configureGlobal({ ...check.readConfigureGlobal(), endOnFailure: true, seed })
}

/**
 * Forgets what the room itself has loaded, mutants and all. What it imports from elsewhere may stay, since no import goes up:
 * none of that has ever seen a mutant.
 */
const forget = (runtime, room) => {
  const loaded = runtime.registries.getActiveCjsRegistry()
  const isOfRoom = (file) =>
    file.startsWith(`${room}${path.sep}`) && !file.includes(`${path.sep}node_modules${path.sep}`)
  for (const file of [...loaded.keys()].filter(isOfRoom)) loaded.delete(file)
}

/** Loads one test file anew, with all that it imports, and answers the root of its tests. */
const loader = ({ environment, runtime, testPath, room, board, seed }) => {
  const circus = runtime.requireInternalModule(require.resolve('jest-circus'))
  const { jestExpect: expect } = runtime.requireInternalModule(require.resolve('@jest/expect'))
  const globals = { ...circus.default, expect }
  runtime.setGlobalsForRuntime(globals)
  Object.assign(environment.global, globals, { __novation_mutant: board.isOn })
  return () => {
    forget(runtime, room)
    circus.resetState()
    runtime.requireModule(testPath)
    tame(runtime, testPath, seed)
    const root = circus.getState().rootDescribeBlock
    return { root, tests: runnable(root).map(({ test }) => test), names: runnable(root).map(({ name }) => name) }
  }
}

/** jest wants to hear of one test at least; what was found has gone its own way. */
const passed = (testFilePath) => ({
  testFilePath,
  testResults: [{ ancestorTitles: [], failureMessages: [], fullName: '', status: 'passed', title: '' }],
  numPassingTests: 1,
  numFailingTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  perfStats: { start: 0, end: 0, runtime: 0, slow: false },
  snapshot: { added: 0, fileDeleted: false, matched: 0, unchecked: 0, uncheckedKeys: [], unmatched: 0, updated: 0 },
  leaks: false,
  openHandles: [],
  skipped: false,
})

// jest calls the runner once for each test file of this process; what one file has killed, the next need not try.
const killed = new Set()

/**
 * Runs a test file as jest's own runner would, but again and again: once without a mutant, to see that it passes and what
 * its tests reach, then once for each mutant in reach that is still alive, only the tests that reach it, up to the first
 * that fails.
 */
const runner = async (_globalConfig, config, environment, runtime, testPath) => {
  const plan = JSON.parse(readFileSync(config.testEnvironmentOptions.plan, 'utf8'))
  const { planned, size, done, seed, shortest_ms, longest_ms } = plan
  const board = switchboard(size)
  const load = loader({ environment, runtime, testPath, room: config.rootDir, board, seed })
  const skip = new Set(done[testPath])
  const alive = planned.filter((id) => !killed.has(id) && !skip.has(id))
  tell({ file: testPath })
  for await (const verdict of judge({ board, load, alive, shortest_ms, longest_ms })) {
    if (verdict.outcome === 'killed' || verdict.outcome === 'timeout') killed.add(verdict.id)
    tell(verdict)
  }
  tell({ closed: testPath })
  return passed(testPath)
}

module.exports = runner
