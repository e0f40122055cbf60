import { decimal, floor, format } from '@novation/decimal'

/** A decimal as people read it: thousands apart, cut (not rounded up) to so many places. The exact one is in the JSON. */
export const readable = (amount: string, places = 2): string => {
  const [whole = '', part] = format(floor(decimal(amount), places)).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${places === 0 ? '' : `.${(part ?? '').padEnd(places, '0')}`}`
}

/** `1 account`, `3 accounts`. */
export const counted = (count: number, what: string): string =>
  `${readable(String(count), 0)} ${what}${count === 1 ? '' : 's'}`
