/**
 * Something while it is put together, field by field: an object that is spread into another, with a field more, costs
 * thirty times as much, which counts where every command does it.
 */
export type Changeable<T> = { -readonly [K in keyof T]: T[K] }
