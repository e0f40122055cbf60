const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { add, collect, failed, forget, line, none } = require('.')
const Reporter = require('./reporter')

const write = (file, value) => {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(value))
}

describe('results of tests', () => {
  let root
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'novation-results-'))
    write(path.join(root, 'package.json'), { workspaces: ['packages/*', 'services/*', 'tooling'] })
    for (const room of ['packages/a', 'packages/b', 'tooling']) {
      write(path.join(root, room, 'package.json'), { scripts: { test: 'jest' } })
    }
    write(path.join(root, 'packages/untested/package.json'), {})
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const run = (room, results, options) =>
    new Reporter({ rootDir: path.join(root, room) }, options).onRunComplete(undefined, {
      numPassedTests: 0,
      numFailedTests: 0,
      numRuntimeErrorTestSuites: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [],
      ...results,
    })

  it('are summed over all rooms, a file that cannot run counting as one failure', () => {
    run('packages/a', { numPassedTests: 3, numPendingTests: 1 })
    run('packages/b', { numPassedTests: 2, numFailedTests: 1, numRuntimeErrorTestSuites: 1, numTodoTests: 1 })
    run('tooling', { numPassedTests: 1 })
    const { counts, silent } = collect(root, 'unit')
    expect(line(counts)).toBe('6 passed, 2 failed, 2 skipped')
    expect(silent).toEqual([])
  })

  it('name what failed, and how it begins to say why', () => {
    const at = (name) => ({ testFilePath: path.join(root, 'packages/a/src', name), testResults: [] })
    const failing = {
      fullName: 'the sum is kept',
      status: 'failed',
      failureMessages: ['\u001b[31mError: 1\u001b[0m\n\n  at'],
    }
    run('packages/a', {
      testResults: [
        {
          ...at('sum.test.ts'),
          testResults: [failing, { fullName: 'is named', status: 'passed', failureMessages: [] }],
        },
        { ...at('bad.test.ts'), testExecError: {}, failureMessage: 'no such module' },
      ],
    })
    expect(collect(root, 'unit').failures.map(failed)).toEqual([
      'failed: packages/a/src/sum.test.ts: the sum is kept\n    Error: 1\n    at',
      'failed: packages/a/src/bad.test.ts: cannot run\n    no such module',
    ])
  })

  it('name the rooms that told none', () => {
    run('packages/a', { numPassedTests: 3 })
    expect(collect(root, 'unit').silent).toEqual(['packages/b', 'tooling'])
  })

  it('of an earlier run are forgotten, and those of another suite are not', () => {
    run('packages/a', { numPassedTests: 3 })
    run('packages/a', { numPassedTests: 4 }, { suite: 'kafka' })
    forget(root, 'unit')
    expect(collect(root, 'unit').counts).toEqual(none)
    expect(add(collect(root, 'kafka').counts, none).passed).toBe(4)
  })
})
