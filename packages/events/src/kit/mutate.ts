import type { Random } from './random'

const odd = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '0',
  '-',
  '.',
  'e',
  'a',
  'Z',
  ' ',
  '\t',
  '\n',
  '\r',
  '\u0000',
  '\u001f',
]
  .concat(['\u007f', 'é', '😀', '\ud800', '\udfff', '\u2028', '\ufeff', '/', '٣'])
  .concat([
    '\\u0041',
    '\\/',
    '\\"',
    '\\ud83d',
    '"at":"x",',
    ',"a":1',
    '{}',
    '[]',
    'null',
    'true',
    '1e3',
    '-0',
    '00',
    '1.0',
  ])

type Mutation = (text: string, random: Random) => string

const put = (text: string, at: number, instead: number, piece: string): string =>
  text.slice(0, at) + piece + text.slice(at + instead)

/** Something of the text's own, somewhere else or once more. */
const pieceOf = (text: string, { below }: Random, most: number): string => {
  const at = below(text.length)
  return text.slice(at, at + 1 + below(most))
}

/** Where one of these begins, by chance; nothing where there is none. */
const placeOf = (text: string, what: RegExp, { oneOf }: Random): RegExpExecArray | undefined => {
  const places = [...text.matchAll(what)]
  return places.length === 0 ? undefined : oneOf(places)
}

const changed = (what: RegExp, change: (found: string, random: Random) => string): Mutation => {
  return (text, random) => {
    const place = placeOf(text, what, random)
    return place === undefined ? text : put(text, place.index, place[0].length, change(place[0], random))
  }
}

const field = /"\w+":("[^"]*"|\d+|true|false)/g
const string = /"[^"\\]+"/g
const shuffled = (value: unknown, random: Random): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inside]) => [key, shuffled(inside, random)] as const)
  return Object.fromEntries(random.below(2) === 0 ? entries.reverse() : entries)
}

/** A list that is longer, now and then by as much as the longest that there are. */
const lengthened = (list: string, { below }: Random): string =>
  list.length > 2_000 ? list : `[${`${list.slice(1, -1)},`.repeat(below(below(30) === 0 ? 1_000 : 8))}${list.slice(1)}`

const mutations: readonly Mutation[] = [
  (text, random) => put(text, random.below(text.length), 1, ''),
  (text, random) => put(text, random.below(text.length), 0, pieceOf(text, random, 1)),
  (text, random) => put(text, random.below(text.length), 1 + random.below(40), ''),
  (text, random) => put(text, random.below(text.length), 0, pieceOf(text, random, 60)),
  (text, random) => put(text, random.below(text.length), 0, random.oneOf(odd)),
  (text, random) => put(text, random.below(text.length), 1, random.oneOf(odd)),
  (text, random) => {
    const at = random.below(text.length - 1)
    return put(text, at, 2, text.charAt(at + 1) + text.charAt(at))
  },
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => text + random.oneOf(odd),
  // One field twice, a field gone, another's place.
  changed(field, (found) => `${found},${found}`),
  changed(/,"\w+":("[^"]*"|\d+|true|false)/g, () => ''),
  changed(/"\w+":/g, (_, random) =>
    random.oneOf(['"version":', '"at":', '"owner":', '"zzz":', '"__proto__":', '"10":']),
  ),
  changed(string, (found) => found.slice(1, -1)),
  changed(/:\d+/g, (found) => `:"${found.slice(1)}"`),
  changed(
    /:\d+/g,
    (_, random) =>
      `:${random.oneOf(['-1', '1.5', '007', '1e2', '9007199254740993', '999999999999999', '1e400', '-0'])}`,
  ),
  changed(string, (found) => `"\\u00${found.charCodeAt(1).toString(16).padStart(2, '0')}${found.slice(2)}`),
  changed(string, (found, random) => `${found.slice(0, -1)}${random.oneOf(odd)}"`),
  changed(string, (_, random) =>
    random.oneOf([
      'null',
      '{}',
      '[]',
      '""',
      '"0"',
      '"-0.0"',
      '"a/b"',
      '"2023-02-30T00:00:00Z"',
      '"2020-02-29T24:00:00Z"',
    ]),
  ),
  changed(
    string,
    (found, { below }) =>
      `"${found
        .slice(1, -1)
        .slice(0, 200)
        .repeat(1 + below(40))}"`,
  ),
  changed(/[{}[\],:"]/g, () => ''),
  changed(/[{}[\],:]/g, (found, random) => found + random.oneOf([' ', '\n', '\t'])),
  changed(/\{"account":"[^}]*\}/g, (found, { below }) => `${found},${found}`.repeat(1 + below(3))),
  changed(/\[\{[^\]]*\}\]/g, lengthened),
  (text, random) => {
    try {
      return JSON.stringify(shuffled(JSON.parse(text), random))
    } catch {
      return text
    }
  },
]

/** A text with one thing done to it, or a few. */
export const mutated = (text: string, random: Random): string => {
  let now = text
  for (let left = random.oneOf([0, 1, 1, 1, 1, 2, 3]); left > 0 && now.length > 1; left -= 1)
    now = random.oneOf(mutations)(now, random)
  return now
}
