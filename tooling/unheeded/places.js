/**
 * Where a program lets a value go: a statement that is only an expression, a side of a comma, what stands behind `void`.
 * A place is the expression, and whether `void` says that it is meant. Beside them, the functions that are handed to
 * somebody who may not want what they answer.
 */
const placesOf = ({ ast }, sourceFile) => {
  const { SyntaxKind: K } = ast
  const places = []
  const callbacks = []

  const isAssignment = ({ kind, operatorToken }) =>
    kind === K.BinaryExpression && operatorToken.kind >= K.FirstAssignment && operatorToken.kind <= K.LastAssignment

  const letGo = (node, isMeant = false) => {
    if (isAssignment(node)) return
    switch (node.kind) {
      case K.PrefixUnaryExpression:
      case K.PostfixUnaryExpression:
      case K.DeleteExpression:
      case K.YieldExpression:
        return
      case K.ParenthesizedExpression:
        return letGo(node.expression, isMeant)
      case K.VoidExpression:
        return letGo(node.expression, true)
      case K.ConditionalExpression:
        letGo(node.whenTrue, isMeant)
        return letGo(node.whenFalse, isMeant)
      case K.BinaryExpression:
        if (node.operatorToken.kind === K.CommaToken) letGo(node.left, isMeant)
        return letGo(node.right, isMeant)
      default:
        places.push({ node, isMeant })
    }
  }

  const visit = (node) => {
    if (node.kind === K.ExpressionStatement) letGo(node.expression)
    else if (node.kind === K.VoidExpression && node.parent.kind !== K.ExpressionStatement) letGo(node)
    else if (node.kind === K.ForStatement && node.incrementor !== undefined) letGo(node.incrementor)
    else if (node.kind === K.CallExpression || node.kind === K.NewExpression)
      callbacks.push(
        ...(node.arguments ?? []).filter(({ kind }) => kind === K.ArrowFunction || kind === K.FunctionExpression),
      )
    node.forEachChild(visit)
  }
  visit(sourceFile)
  return { places, callbacks }
}

module.exports = { placesOf }
