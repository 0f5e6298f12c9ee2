import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { engineCli, makeLayeredImage, type EngineFacts } from '../bed'

/** Ends at once when it is asked to, which a shell as process 1 otherwise does not. */
const POLITE = ['sh', '-c', "trap 'exit 0' TERM; sleep 1000 & wait"]

export function newName(word = 'e2e'): string {
  return `${word}-${randomUUID().slice(0, 8)}`
}

/** Makes things on an engine as another client would; they go after the test. */
export function maker(engine: EngineFacts, busybox: string) {
  const cli = engineCli(engine)

  function removeLater(name: string): void {
    onTestFinished(async () => {
      // Podman waits for the program to end by itself otherwise, be it removed by force or not.
      await cli(['kill', name]).catch(() => undefined)
      await cli(['rm', '--force', '--volumes', name])
    })
  }

  /** Runs a container; by default one that does nothing and stops at once when asked. */
  async function run(options: string[] = [], command = POLITE, name = newName()): Promise<string> {
    removeLater(name)
    const network = options.includes('--publish') ? [] : ['--network', 'none']
    await cli(['run', '--detach', '--name', name, ...network, ...options, busybox, ...command])
    return name
  }

  async function create(name = newName()): Promise<string> {
    removeLater(name)
    await cli(['create', '--name', name, '--network', 'none', busybox, ...POLITE])
    return name
  }

  async function idOf(name: string): Promise<string> {
    return cli(['inspect', '--format', '{{.Id}}', name])
  }

  /** An image with layers of random bytes, which nobody else has. */
  async function image(reference = `localhost/${newName()}:1`, layerBytes = 256 * 1024) {
    onTestFinished(async () => {
      await cli(['rmi', '--force', reference]).catch(() => undefined)
    })
    await makeLayeredImage(engine, reference, 3, layerBytes)
    return reference
  }

  return { cli, run, create, idOf, image, removeLater }
}
