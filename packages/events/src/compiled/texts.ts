import {
  Actor,
  AmountText,
  BookAccount,
  DecimalText,
  Digest,
  DueId,
  Id,
  LiquidationId,
  PoolName,
  type TextType,
} from '../text'

const limit = 2 ** 17

/**
 * Names out of long texts. A piece of a text keeps all of it alive, so a name is copied, and the same name comes back as
 * the same string, as long as there are no more than so many. Nothing that is answered depends on which it holds.
 */
const nameKeeper = (): ((piece: string) => string) => {
  const known = new Map<string, string>()
  return (piece) => {
    // So short a piece is a text of its own already.
    if (piece.length < 13) return piece
    const met = known.get(piece)
    if (met !== undefined) return met
    if (known.size >= limit) known.clear()
    const name = copied(piece)
    known.set(name, name)
    return name
  }
}

/** Put behind a space and made one text with it, of which the copy is then a piece. */
const copied = (piece: string): string => ` ${piece}`.slice(1)

export const keptName = nameKeeper()

/** What a codec takes of a text. The last one is often the next one too: the events of one command have one time. */
export const askedText = (codec: TextType, refuse: () => undefined): ((piece: string) => string | undefined) => {
  let last: string | undefined
  return (piece) => {
    if (piece === last) return last
    if (!codec.is(piece)) return refuse()
    last = copied(piece)
    return last
  }
}

/** Names, which whoever reads an event keeps. */
export const isName = (codec: TextType): boolean =>
  [Actor, BookAccount, DueId, Id, LiquidationId, PoolName].includes(codec)

/** Texts whose pattern takes nothing that JSON escapes, and is short enough to stand in another one. */
export const isPlain = (codec: TextType): boolean => isName(codec) || [AmountText, DecimalText, Digest].includes(codec)
