const { readFileSync } = require('node:fs')
const { createTransformer } = require('@swc/jest')

/** Compiles as the tests always do, but for the files of the plan: there stands the text with all mutants in it. */
module.exports = {
  createTransformer: ({ plan, swc }) => {
    const { texts } = JSON.parse(readFileSync(plan, 'utf8'))
    const compiler = createTransformer(swc)
    // The plan has another name each time; what it puts in the place of a file is part of the key.
    const keyed = (options) => ({ ...options, configString: '', transformerConfig: {} })
    return {
      process: (source, file, options) => compiler.process(texts[file] ?? source, file, options),
      getCacheKey: (source, file, options) => compiler.getCacheKey(texts[file] ?? source, file, keyed(options)),
    }
  },
}
