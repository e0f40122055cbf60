import type { Stored } from '@novation/events'

const textAfter = (body: string, words: string, from = 0): string | undefined => {
  const at = body.indexOf(words, from)
  return at < 0 ? undefined : body.slice(at + words.length, body.indexOf('"', at + words.length))
}

const carried = ',"command":{'

/** Whether a command, or a part of a bulk, begins with an event. */
export const beginsCommand = ({ body }: Stored): boolean => /,"events":\d+,"previousHash":"[0-9a-f]{64}"/.test(body)

/** Whose wish it was and under which id, as the event itself says it. */
const keyOf = ({ body }: Stored): string | undefined => {
  if (!body.includes(carried)) return undefined
  const metadata = body.indexOf(',"metadata":{')
  return `${textAfter(body, '"actor":"', metadata)} ${textAfter(body, '},"commandId":"', metadata)}`
}

/** What a part of a history asks of all that was before it. */
export interface Asked {
  /** Trades that had been cleared before, and are asked for again. */
  readonly trades: readonly string[]
  /** A key that was used before: whoever decides on it must know how it ended. */
  readonly isKeyUsed: boolean
}

/**
 * What a book that begins in the middle of a history lacks: which commands there were, and which trades. Of both it needs
 * only what is asked again. Everything before a piece is known once the history has been read up to it.
 */
export const newEarlier = () => {
  const keys = new Set<string>()
  const trades = new Set<string>()
  let [newKeys, newTrades]: [string[], string[]] = [[], []]
  return {
    /** Of an event of the piece that is being read. */
    ask: (event: Stored): Asked => {
      const key = keyOf(event)
      if (key !== undefined) newKeys.push(key)
      const isTrade = event.type === 'TradeCleared'
      const trade = isTrade || event.type === 'CommandRejected' ? textAfter(event.body, '"trade":"') : undefined
      if (isTrade && trade !== undefined) newTrades.push(trade)
      return {
        trades: trade !== undefined && trades.has(trade) ? [trade] : [],
        isKeyUsed: key !== undefined && keys.has(key),
      }
    },
    /** The piece is read: from now on it is before. */
    close: (): void => {
      for (const key of newKeys) keys.add(key)
      for (const trade of newTrades) trades.add(trade)
      newKeys = []
      newTrades = []
    },
  }
}
