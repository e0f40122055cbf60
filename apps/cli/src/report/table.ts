import Table from 'cli-table3'

const lines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Rows under headings; a heading that ends in `#` stands over numbers, which end at the same column. */
export const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string => {
  const drawn = new Table({
    head: headings.map((heading) => heading.replace(/#$/, '')),
    colAligns: headings.map((heading) => (heading.endsWith('#') ? 'right' : 'left')),
    chars: lines,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0 },
  })
  drawn.push(...rows.map((row) => [...row]))
  return `${drawn.toString().replace(/ +$/gm, '')}\n`
}
