import { digest_bytes } from './digest-records'
import { KeptRecords } from './kept-records'

/** The names of all trades that were cleared: 16 bytes each and a place to find them. */
export class Trades extends KeptRecords<true> {
  constructor() {
    super(digest_bytes, 'a trade')
  }

  get(trade: string): true | undefined {
    return this.has(trade) || undefined
  }

  set(trade: string): void {
    if (!this.has(trade)) void this.records.append(trade)
  }
}
