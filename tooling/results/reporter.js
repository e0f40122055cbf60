const { mkdirSync, writeFileSync } = require('node:fs')
const path = require('node:path')
const { stripVTControlCharacters } = require('node:util')

/** No colours, no libraries, and no more than is needed to know what failed. */
const brief = (message = '') =>
  stripVTControlCharacters(message)
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.includes('node_modules'))
    .slice(0, 12)

/** A file that cannot run, and each test that failed: by which words to find it, and how its message begins. */
const failuresOf = ({ testFilePath, testExecError, failureMessage, testResults }, rootDir) => {
  const of = (name, message) => ({ name: `${path.relative(rootDir, testFilePath)}: ${name}`, says: brief(message) })
  if (testExecError) return [of('cannot run', failureMessage)]
  return testResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => of(fullName, failureMessages[0]))
}

/**
 * A jest reporter that writes how many tests passed, failed and were skipped, and which failed, to
 * `test-results/<suite>.json` of the room. The file is an output of the task, so it comes back with a result from the cache.
 */
class ResultsReporter {
  constructor({ rootDir }, { suite = 'unit' } = {}) {
    this.rootDir = rootDir
    this.file = path.join(rootDir, 'test-results', `${suite}.json`)
  }

  onRunComplete(_contexts, results) {
    const told = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failures: results.testResults.flatMap((result) => failuresOf(result, this.rootDir)),
    }
    mkdirSync(path.dirname(this.file), { recursive: true })
    writeFileSync(this.file, `${JSON.stringify(told)}\n`)
  }
}

module.exports = ResultsReporter
