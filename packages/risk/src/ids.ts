/** Byte order of ids, which are ASCII: the one way in which ties are broken. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0
