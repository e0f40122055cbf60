/** Codes of what tells the parts of JSON apart. */
const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a]
const [openList, closeList, open, close] = [0x5b, 0x5d, 0x7b, 0x7d]

const expect = (text: string, at: number, code: number): void => {
  if (text.charCodeAt(at) !== code)
    throw new SyntaxError(`expected ${String.fromCharCode(code)} at ${at}, and nothing around it`)
}

/** Where the text within quotes that begins at a place ends. */
const endOfText = (text: string, from: number): number => {
  let at = from + 1
  for (; at < text.length && text.charCodeAt(at) !== quote; at += 1) if (text.charCodeAt(at) === backslash) at += 1
  return at + 1
}

/** Where the value that begins at a place ends: what is in it is looked at by whoever reads it. */
const endOf = (text: string, from: number): number => {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfText(text, at) - 1
    else if (code === open || code === openList) depth += 1
    else if (code === comma && depth === 0) return at
    else if (code === close || code === closeList) {
      if (depth === 0) return at
      depth -= 1
    }
  }
  return text.length
}

/** The values of a list, each read when its turn comes. */
function* valuesOf(text: string, from: number, to: number): Iterable<unknown> {
  expect(text, from, openList)
  let at = from + 1
  while (at < to - 1) {
    const end = endOf(text, at)
    yield JSON.parse(text.slice(at, end))
    if (end < to - 1) expect(text, end, comma)
    at = end + 1
  }
  expect(text, to - 1, closeList)
}

/**
 * What `JSON.parse` makes of an object's canonical text, but that of the field `passing`, a list, each value is read only when its turn
 * comes. Who makes something else of each needs no memory for all of them: they never are there at once. Throws a `SyntaxError`
 * on a text that is no object, or has space in it outside of quotes.
 */
export const readPiecemeal = (text: string, passing: string): unknown => {
  const fields: Record<string, unknown> = {}
  expect(text, 0, open)
  let at = 1
  while (at < text.length - 1) {
    const colonAt = endOfText(text, at)
    expect(text, colonAt, colon)
    const name: string = JSON.parse(text.slice(at, colonAt))
    const [from, to] = [colonAt + 1, endOf(text, colonAt + 1)]
    fields[name] =
      name === passing ? { [Symbol.iterator]: () => valuesOf(text, from, to) } : JSON.parse(text.slice(from, to))
    if (to < text.length - 1) expect(text, to, comma)
    at = to + 1
  }
  expect(text, text.length - 1, close)
  return fields
}
