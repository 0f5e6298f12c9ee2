import { join } from 'node:path'
import { configFolder, dockerFolder, xdgFolder } from '../userFolders'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the docker command keeps its configuration. */
export function dockerConfigFile(environment: Environment, homeFolder: string): string {
  return join(dockerFolder({ env: environment, home: homeFolder }), 'config.json')
}

/**
 * Where Podman keeps its logins, in the order it looks (containers-auth.json(5)); docker's own file
 * is not among them.
 *
 * @param userId - undefined on Windows
 */
export function podmanAuthFiles(
  environment: Environment,
  homeFolder: string,
  userId: number | undefined,
): string[] {
  const runtime = xdgFolder(environment, 'XDG_RUNTIME_DIR')
  const files = [
    environment.REGISTRY_AUTH_FILE,
    runtime && join(runtime, 'containers/auth.json'),
    userId === undefined ? undefined : `/run/containers/${userId}/auth.json`,
    join(configFolder({ env: environment, home: homeFolder }), 'containers/auth.json'),
  ]
  return [...new Set(files.flatMap((file) => (file ? [file] : [])))]
}
