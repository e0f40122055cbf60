/**
 * One text with all faults of a file in it, each behind a switch: `__m(7)` answers whether fault 7 is the one that runs
 * now. So a file is compiled and loaded once, however many faults it may have.
 */
const switched = (source, sites) => {
  const alternative = ({ start, end }, edit) =>
    `${source.slice(start, edit.start)}${edit.code}${source.slice(edit.end, end)}`

  const around = (site, inner) => {
    const tests = site.edits.map(({ id }) => `__m(${id})`)
    if (site.kind === 'insertion') return ` if (${tests.join(' || ')}) return;`
    // Braces, since without semicolons a line that begins with a parenthesis goes on with the one above.
    if (site.kind === 'statement') return `{ if (!(${tests.join(' || ')})) ${inner} }`
    const alternatives = site.edits.map((edit, i) => `${tests[i]} ? (${alternative(site, edit)}) : `)
    return `(${alternatives.join('')}(${inner}))`
  }

  const render = (from, to, within) => {
    let text = ''
    let position = from
    for (let i = 0; i < within.length; ) {
      const site = within[i]
      const next = within.findIndex((other, j) => j > i && (other.start >= site.end || site.start === site.end))
      const inner = within.slice(i + 1, next === -1 ? undefined : next)
      text += source.slice(position, site.start)
      text += around(site, render(site.start, site.end, site.start === site.end ? [] : inner))
      position = site.end
      i = next === -1 ? within.length : next
    }
    return text + source.slice(position, to)
  }

  return `const __m = globalThis.__novation_mutant; ${render(0, source.length, sites)}`
}

module.exports = { switched }
