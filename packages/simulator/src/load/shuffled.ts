import { type Dice, inAnyOrder } from '../engine/dice'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const turned = (dice: Dice, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => turned(dice, each))
  if (!isRecord(value)) return value
  return Object.fromEntries(inAnyOrder(dice, Object.entries(value)).map(([name, of]) => [name, turned(dice, of)]))
}

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The same record with the fields of everything in it in any order, which says the same: lists keep theirs. Text that is not
 * as this would write it stays as it is.
 */
export const shuffled = (dice: Dice, text: string): string => {
  const said = read(text)
  return JSON.stringify(said) === text ? JSON.stringify(turned(dice, said)) : text
}
