const fs = require('node:fs')
const path = require('node:path')

/** Tests run on the sources: `@novation/x` means the `src` of the room of that name, so no build is needed first. */
const rooms = () =>
  Object.fromEntries(
    ['packages', 'services']
      .flatMap((group) =>
        fs.readdirSync(path.join(__dirname, group)).map((name) => [name, path.join(__dirname, group, name)]),
      )
      .map(([name, dir]) => [`^@novation/${name}$`, `${dir}/src`]),
  )

/**
 * What the sources ask for by these names is given to each as a parameter. Looked up in the context that a test file runs in, every
 * `Map` and every `Object.keys` costs several times as much, and worlds took half as long again.
 */
const builtIn = [
  'Array',
  'BigInt',
  'Error',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Set',
  'String',
  'Symbol',
]

/** The jest configuration of one room; `suite` names its results apart where a room has more than one run of tests. */
module.exports = (rootDir, { suite = 'unit', ...more } = {}) => ({
  rootDir,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  // A test that hangs is to end; one on a busy machine is not to fail.
  testTimeout: 60_000,
  sandboxInjectedGlobals: builtIn,
  moduleNameMapper: { ...rooms(), '^fast-check$': path.join(__dirname, 'jest.properties.js') },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  reporters: ['default', [path.join(__dirname, 'tooling/results/reporter.js'), { suite }]],
  ...more,
})
