/** Members of a set that somebody else keeps: who joins is told here, who has left is found out when they come first. */
export interface LeastOf {
  /** One that is there already may be told again. */
  readonly add: (member: string) => void
  /** The least of those that are still there. */
  readonly least: (isThere: (member: string) => boolean) => string | undefined
}

export const leastOf = (): LeastOf => {
  /** The least last, so that it is the cheapest to take away. */
  const members: string[] = []

  /** Before how many a member stands, or would. */
  const placeOf = (member: string): number => {
    let [low, high] = [0, members.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const there = members[middle]
      if (there !== undefined && there > member) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    add: (member) => {
      const place = placeOf(member)
      if (members[place] !== member) members.splice(place, 0, member)
    },
    least: (isThere) => {
      for (;;) {
        const least = members.at(-1)
        if (least === undefined || isThere(least)) return least
        void members.pop()
      }
    },
  }
}
