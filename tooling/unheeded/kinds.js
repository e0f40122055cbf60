/** Looks at types as far as it matters whether a value of them may be let go. */
const kindsOf = ({ api: { SignatureKind, TypeFlags }, checker }) => {
  /** Each type is looked at once; one that is made of itself is none of what is asked while it is looked at. */
  const once = (look) => {
    const seen = new Map()
    return (type) => {
      if (!seen.has(type.id)) {
        seen.set(type.id, false)
        seen.set(type.id, look(type))
      }
      return seen.get(type.id)
    }
  }
  const membersOf = (type) => {
    if (!(type.flags & TypeFlags.Union)) return [type]
    try {
      return type.getTypes().flatMap(membersOf)
    } catch {
      // The compiler (7.0.2) cannot hand over a union with some kinds of tuples in it: then it is looked at as a whole.
      return [checker.getNonNullableType(type)]
    }
  }
  const structured = TypeFlags.Object | TypeFlags.Intersection | TypeFlags.Union
  const objectsOf = (type) => membersOf(type).filter(({ flags }) => (flags & structured) !== 0)
  const has = (type, name) => checker.getPropertyOfType(type, name) !== undefined
  const argumentsOf = (type) => (type.isTypeReference() ? checker.getTypeArguments(type) : [])
  const answersOf = (type) =>
    checker.getSignaturesOfType(type, SignatureKind.Call).map((signature) => ({
      takes: signature.parameters.length,
      answer: checker.getReturnTypeOfSignature(signature),
    }))

  const elementsOf = (type) => (checker.isArrayLikeType(type) ? argumentsOf(type) : [])
  /** A promise, or several. */
  const isPromise = once((type) =>
    objectsOf(type).some((member) => has(member, 'then') || elementsOf(member).some(isPromise)),
  )
  /** How something ended, said by a tag: an Either, a closed union of this house. Or how several did. */
  const isOutcome = once((type) =>
    objectsOf(type).some((member) => has(member, '_tag') || has(member, 'tag') || elementsOf(member).some(isOutcome)),
  )
  const isPromisedOutcome = (type) =>
    objectsOf(type).some((member) =>
      has(member, 'then') ? argumentsOf(member).some(isOutcome) : elementsOf(member).some(isPromisedOutcome),
    )
  /** Work that has been described and not begun: fp-ts's Task and IO, and whatever is like them. */
  const isTask = once((type) =>
    objectsOf(type)
      .flatMap(answersOf)
      .some(({ takes, answer }) => takes === 0 && (isPromise(answer) || isOutcome(answer))),
  )
  const nothing = TypeFlags.Void | TypeFlags.Undefined | TypeFlags.Never | TypeFlags.Any | TypeFlags.Unknown
  return {
    isOutcome,
    isPromise,
    isTask,
    isPromisedOutcome,
    isNothing: (type) => membersOf(type).every(({ flags }) => (flags & nothing) !== 0),
    /** Whether whoever is to call a function of this type wants nothing of it. */
    wantsNothing: (type) => {
      const answers = objectsOf(type).flatMap(answersOf)
      return answers.length > 0 && answers.every(({ answer }) => (answer.flags & TypeFlags.Void) !== 0)
    },
  }
}

module.exports = { kindsOf }
