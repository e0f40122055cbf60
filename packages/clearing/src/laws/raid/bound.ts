/** What layers hold in a raid, and what of it a jump may cost them by an owner’s size, an owner, and a coin. */
export const fund = 100_000
export const sizeShare = 0.1
export const ownerShare = 0.25
export const coinShare = 0.25

/**
 * The most that an attacker takes, by however many accounts of so many owners, one price and one coin (docs/rules.md): what the
 * layers bear of each owner, and what they pay for any one coin.
 */
export const boundFor = (owners: number): number => (Math.max(1, owners) * ownerShare + coinShare) * fund
