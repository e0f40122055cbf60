/** The accounts of the books. A trader's name cannot hold a slash (protocol 1), so none of these can be forged. */
export const trader = (account: string): string => `trader/${account}`
// Joined, since what a template puts together is kept as its parts, which take twice the memory.
export const positionOf = (account: string, instrument: string): string => ['trader', account, instrument].join('/')
export const fundingOf = (instrument: string): string => `funding/${instrument}`
/** What a source has put up for what it signs. */
export const bondOf = (source: string): string => `source/${source}`
export const bulkOf = (bulk: string): string => `bulk/${bulk}`

/** The house as counterparty of both sides: zero after every append. */
export const clearing = 'clearing'
/** The outside world: minus what the house holds for others. */
export const custody = 'custody'
export const insurance = 'insurance'
export const skinInTheGame = 'skin-in-the-game'
export const fees = 'fees'
/** What rounding leaves and nobody owns. */
export const dust = 'dust'

/** The account of the built-in keeper, where the parameter `backstop` names it: it takes what no bidder took. */
export const backstop = 'backstop'
