const path = require('node:path')

/** Where the built page lies: `index.html`, and what it loads in `assets`. */
module.exports = { folder: path.join(__dirname, 'dist') }
