/** One line of a plot: what it is, and its points, each axis growing by tens. */
export interface Line {
  readonly what: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

const [width, height, left, bottom, top, right] = [640, 360, 64, 44, 34, 190]
const colours = ['#1f6f8b', '#c0392b', '#7d8b1f', '#6c3f8f', '#8b5a1f']

const decades = (values: readonly number[]): readonly number[] => {
  const least = Math.floor(Math.log10(Math.min(...values)))
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values))))
  return Array.from({ length: most - least + 1 }, (_, i) => 10 ** (least + i))
}

const short = (value: number): string =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 1e3 ? `${value / 1e3}k` : String(Number(value.toPrecision(2)))

/** A plain plot, both axes in decades, as the text of an SVG. */
export const plot = (title: string, xs: string, ys: string, lines: readonly Line[]): string => {
  const points = lines.flatMap((line) => line.points)
  const [xTicks, yTicks] = [decades(points.map(([x]) => x)), decades(points.map(([, y]) => y))]
  const along = (ticks: readonly number[], value: number, from: number, to: number): number => {
    const [least = 1, most = 10] = [ticks[0], ticks.at(-1)]
    return from + ((Math.log10(value) - Math.log10(least)) / (Math.log10(most) - Math.log10(least))) * (to - from)
  }
  const x = (value: number): string => along(xTicks, value, left, width - right).toFixed(1)
  const y = (value: number): string => along(yTicks, value, height - bottom, top).toFixed(1)
  const grid = [
    ...xTicks.map(
      (tick) =>
        `<path d="M${x(tick)} ${top}V${height - bottom}" stroke="#ddd"/><text x="${x(tick)}" y="${height - bottom + 16}" text-anchor="middle">${short(tick)}</text>`,
    ),
    ...yTicks.map(
      (tick) =>
        `<path d="M${left} ${y(tick)}H${width - right}" stroke="#ddd"/><text x="${left - 6}" y="${Number(y(tick)) + 4}" text-anchor="end">${short(tick)}</text>`,
    ),
  ]
  const drawn = lines.map(({ what, points: of }, i) => {
    const colour = colours[i % colours.length]
    const path = of.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${x(px)} ${y(py)}`).join('')
    const dots = of.map(([px, py]) => `<circle cx="${x(px)}" cy="${y(py)}" r="3" fill="${colour}"/>`).join('')
    const label = `<text x="${width - right + 10}" y="${top + 14 + 18 * i}" fill="${colour}">${what}</text>`
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}${label}`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="20" font-size="14">${title}</text>`,
    ...grid,
    ...drawn,
    `<text x="${(left + width - right) / 2}" y="${height - 8}" text-anchor="middle">${xs}</text>`,
    `<text transform="translate(14 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${ys}</text>`,
    '</svg>',
    '',
  ].join('\n')
}
