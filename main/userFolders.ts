import { isAbsolute, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Whose folders are asked for. */
interface Person {
  env: Environment
  home: string
}

/** A base folder as it was set; null: it was not, or is relative, which is to be ignored (XDG Base Directory Specification). */
export function xdgFolder(
  env: Environment,
  name: 'XDG_CONFIG_HOME' | 'XDG_DATA_HOME' | 'XDG_RUNTIME_DIR',
): string | null {
  const given = env[name]
  return given && isAbsolute(given) ? given : null
}

/** Where programs keep this person's settings. */
export function configFolder({ env, home }: Person): string {
  return xdgFolder(env, 'XDG_CONFIG_HOME') ?? join(home, '.config')
}

/** Where the docker command keeps its settings (docker/cli, `config.Dir`): to it, an empty variable is none. */
export function dockerFolder({ env, home }: Person): string {
  return env['DOCKER_CONFIG'] || join(home, '.docker')
}
