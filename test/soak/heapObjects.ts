import { Session } from 'node:inspector'
import { promisify } from 'node:util'

/** Where the inspector finds the function that looks at the objects. */
const NAME = 'longshore.soak.look'

type Post = (
  method: string,
  parameters: object,
) => Promise<Record<string, RemoteObject | undefined>>
interface RemoteObject {
  objectId?: string
  value?: unknown
  exception?: { description?: string }
}

/**
 * Lets `look` see every object of this process that can still be reached, after a full collection. It takes one walk
 * through the heap, where `v8.queryObjects` takes one for each class: 0.6 s of CPU each for 30 MB.
 *
 * @param look its answer crosses as JSON
 */
export async function lookAtObjects<Answer>(look: (all: object[]) => Answer): Promise<Answer> {
  const session = new Session()
  session.connect()
  const post = promisify(session.post.bind(session)) as Post
  Object.assign(globalThis, { [Symbol.for(NAME)]: look })
  try {
    const { result: root } = await post('Runtime.evaluate', { expression: 'Object.prototype' })
    const { objects } = await post('Runtime.queryObjects', { prototypeObjectId: root?.objectId })
    const { result, exceptionDetails } = await post('Runtime.callFunctionOn', {
      functionDeclaration: `function () { return globalThis[Symbol.for('${NAME}')](this) }`,
      objectId: objects?.objectId,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description)
    return result?.value as Answer
  } finally {
    // With it go its references to the objects.
    session.disconnect()
    Reflect.deleteProperty(globalThis, Symbol.for(NAME))
  }
}
