const { mkdirSync, writeFileSync } = require('node:fs')
const path = require('node:path')

/**
 * A jest reporter that writes how many tests passed, failed and were skipped to `test-results/<suite>.json` of the
 * room. The file is an output of the task, so it comes back with a result from the cache.
 */
class ResultsReporter {
  constructor({ rootDir }, { suite = 'unit' } = {}) {
    this.file = path.join(rootDir, 'test-results', `${suite}.json`)
  }

  onRunComplete(_contexts, results) {
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    }
    mkdirSync(path.dirname(this.file), { recursive: true })
    writeFileSync(this.file, `${JSON.stringify(counts)}\n`)
  }
}

module.exports = ResultsReporter
