/** What somebody may do with a stream, and with its metadata. */
export type Right = '$r' | '$w' | '$d' | '$mr' | '$mw'

/** Who has each right: users, or groups of them. */
export type Acl = { readonly [R in Right]?: string | readonly string[] }
