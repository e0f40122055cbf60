const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { add, collect, forget, line, none } = require('.')
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
