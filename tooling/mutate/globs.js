/** A glob as a test of paths: `*` within a folder, `**` through folders, `{a,b}` one of them. */
const globbed = (glob) => {
  const pattern = glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, choices) => `(${choices.replaceAll(',', '|')})`)
    .replace(/\*\*\/|\*\*|\*|\?/g, (wild) => ({ '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' })[wild])
  const whole = new RegExp(`^${pattern}(?:/.*)?$`)
  return (path) => whole.test(path)
}

module.exports = { globbed }
