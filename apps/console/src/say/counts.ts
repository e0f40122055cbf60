/** A count with its noun: `1 account`, `1,008 accounts`. */
export const count = (many: number, one: string, more = `${one}s`): string =>
  `${number(many)} ${many === 1 ? one : more}`

/** A whole number, thousands apart. */
export const number = (many: number): string => String(many).replace(/\B(?=(\d{3})+$)/g, ',')
