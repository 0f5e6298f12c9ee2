import { DockerfileParser } from 'dockerfile-ast'
import type { DockerfileFacts } from '../../preload/contract/builds'

/** What a Dockerfile lets the person choose; what cannot be understood is left out. */
export function dockerfileFacts(content: string): DockerfileFacts {
  const dockerfile = DockerfileParser.parse(content)
  const stages = dockerfile.getFROMs().map((from, index) => ({
    name: from.getBuildStage() ?? String(index),
    base: from.getImage() ?? '',
  }))
  const values = new Map<string, string | null>()
  for (const argument of dockerfile.getARGs()) {
    for (const property of argument.getProperties()) {
      const name = property.getName()
      // A stage names what it uses of those before the first FROM once more, then without a value.
      if (name !== '') values.set(name, values.get(name) ?? property.getValue())
    }
  }
  return {
    stages,
    arguments: [...values].map(([name, defaultValue]) => ({ name, defaultValue })),
  }
}
