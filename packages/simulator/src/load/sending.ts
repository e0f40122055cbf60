/** One record that somebody sends, so long after the beginning. Text, as it goes over the wire: it may be no command at all. */
export interface Sending {
  readonly at_ms: number
  readonly text: string
}
