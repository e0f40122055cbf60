export { type MadeSource, madeSources } from './made/made-sources'
export type { MadeMarket } from './made/market'
