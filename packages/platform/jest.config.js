/** Some tests wait for a connection to be given up, on a machine that may be busy with other rooms. */
module.exports = require('../../jest.preset.js')(__dirname, { testTimeout: 60_000 })
