import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the docker command keeps its configuration (docker/cli, `config.Dir`). */
export function dockerConfigFile(environment: Environment, homeFolder: string): string {
  return join(environment.DOCKER_CONFIG || join(homeFolder, '.docker'), 'config.json')
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
  const configFolder = environment.XDG_CONFIG_HOME || join(homeFolder, '.config')
  const files = [
    environment.REGISTRY_AUTH_FILE,
    environment.XDG_RUNTIME_DIR && join(environment.XDG_RUNTIME_DIR, 'containers/auth.json'),
    userId === undefined ? undefined : `/run/containers/${userId}/auth.json`,
    join(configFolder, 'containers/auth.json'),
  ]
  return [...new Set(files.flatMap((file) => (file ? [file] : [])))]
}
