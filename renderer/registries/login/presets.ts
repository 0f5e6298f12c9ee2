/** A well-known kind of registry, and what a login there is made of. */
export interface Preset {
  id: 'hub' | 'ghcr' | 'ecr' | 'google' | 'quay' | 'azure' | 'gitlab' | 'harbor'
  isHost(host: string): boolean
  /** The user name that every login there has. */
  username?: string
  /** Where a token is made, or what says how. */
  link: string
}

const named =
  (...hosts: string[]) =>
  (host: string) =>
    hosts.includes(host)
const like = (pattern: RegExp) => (host: string) => pattern.test(host)

const presets: readonly Preset[] = [
  {
    id: 'hub',
    isHost: named('docker.io', 'index.docker.io', 'registry-1.docker.io'),
    link: 'https://app.docker.com/settings/personal-access-tokens',
  },
  { id: 'ghcr', isHost: named('ghcr.io'), link: 'https://github.com/settings/tokens' },
  {
    id: 'ecr',
    isHost: like(
      /^(?:\d{12}\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|public\.ecr\.aws)$/,
    ),
    username: 'AWS',
    link: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html',
  },
  {
    id: 'google',
    isHost: like(/^(?:[a-z0-9-]+-docker\.pkg\.dev|(?:[a-z]+\.)?gcr\.io)$/),
    username: 'oauth2accesstoken',
    link: 'https://cloud.google.com/artifact-registry/docs/docker/authentication',
  },
  {
    id: 'quay',
    isHost: named('quay.io'),
    link: 'https://docs.quay.io/glossary/robot-accounts.html',
  },
  {
    id: 'azure',
    isHost: like(/^[a-z0-9]+\.azurecr\.(?:io|cn|us)$/),
    link: 'https://learn.microsoft.com/azure/container-registry/container-registry-authentication',
  },
  {
    id: 'gitlab',
    isHost: like(/^(?:registry\.gitlab\.com|(?:registry\.)?gitlab\..+)$/),
    link: 'https://docs.gitlab.com/user/packages/container_registry/authenticate_with_container_registry/',
  },
  {
    id: 'harbor',
    isHost: like(/(?:^|[.-])harbor(?=[.:-]|$)/),
    link: 'https://goharbor.io/docs/latest/working-with-projects/working-with-images/pulling-pushing-images/',
  },
]

/** What is known of logins at a host; null for a registry like any other. */
export function presetOf(host: string): Preset | null {
  return presets.find((preset) => preset.isHost(host)) ?? null
}

/** Offered while the host is typed. */
export const usualHosts = [
  'docker.io',
  'ghcr.io',
  'quay.io',
  'registry.gitlab.com',
  'public.ecr.aws',
]
