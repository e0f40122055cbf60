import type { SeenEvent } from '@novation/client'
import { type Data, sentences, textOf } from './sentences'

/** The name of a type in words: `MarginCallMet` is `margin call met`. */
export const words = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()

const hasSentence = (type: string): type is keyof typeof sentences => Object.hasOwn(sentences, type)

/** What happened, in a line. A type that is newer than this page has no sentence here: it is named, with whom it is about. */
export const happened = ({ type, data }: Pick<SeenEvent, 'type' | 'data'>): string => {
  const fields = data as Data
  if (hasSentence(type)) return sentences[type](fields)
  const whom = ['account', 'instrument', 'asset'].map((field) => textOf(fields, field)).find((name) => name !== '')
  return whom === undefined ? words(type) : `${words(type)}: ${whom}`
}
