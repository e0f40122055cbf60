import fc from 'fast-check'
import { linesOf } from './lines'

const collect = async (chunks: readonly Buffer[]) => {
  const lines = []
  async function* source() {
    yield* chunks
  }
  for await (const batch of linesOf(source())) lines.push(...batch)
  return lines
}

const cut = (bytes: Buffer, places: readonly number[]): readonly Buffer[] => {
  const edges = [0, ...[...places].map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return edges.slice(1).map((end, i) => bytes.subarray(edges[i], end))
}

describe('the lines of a file', () => {
  it('are the same wherever the bytes are cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat()), async (texts, places) => {
        const lines = texts.map((text) => text.replace(/[\r\n]/g, ' ')).map((text) => Buffer.from(text).toString())
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
        const read = await collect(cut(bytes, places))
        // A byte-order mark at the beginning of a line is no part of what it says.
        expect(read.map(({ text }) => text)).toEqual(lines.map((line) => line.replace(/^\uFEFF/, '')))
        expect(read.map(({ number }) => number)).toEqual(lines.map((_, i) => i + 1))
      }),
    ))

  it('end with \\n or \\r\\n, and the last one may go without', async () => {
    expect(await collect([Buffer.from('a\r\nb\n\nc')])).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
      { number: 3, text: '' },
      { number: 4, text: 'c' },
    ])
  })

  it('that are longer than any command are counted and not kept', async () => {
    const long = Buffer.alloc(70_000, 'x')
    const lines = await collect([Buffer.from('a\n'), long, long, Buffer.from('\nb\n')])
    expect(lines).toEqual([
      { number: 1, text: 'a' },
      { number: 2, fault: 'longer than 65536 bytes, the limit of a command' },
      { number: 3, text: 'b' },
    ])
  })

  it('that are just as long as a command may be are read', async () => {
    const [line] = await collect([Buffer.alloc(65_536, 'x'), Buffer.from('\n')])
    expect(line?.text).toHaveLength(65_536)
  })

  it('that are no UTF-8 say so, and the next one is read', async () => {
    expect(await collect([Buffer.from([0xc3, 0x28, 0x0a]), Buffer.from('b\n')])).toEqual([
      { number: 1, fault: 'not UTF-8' },
      { number: 2, text: 'b' },
    ])
  })
})
