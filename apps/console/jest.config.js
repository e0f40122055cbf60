const preset = require('../../jest.preset.js')(__dirname)

/** What the page is bundled with is written for browsers: the tests read it as the bundle does. */
const bundled = ['d3-[a-z-]+', 'internmap', 'preact', '@preact/[a-z-]+']
const [swc] = Object.values(preset.transform)

module.exports = {
  ...preset,
  transform: { '\\.(ts|m?js)$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(${bundled.join('|')})/)`],
}
