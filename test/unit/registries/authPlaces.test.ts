import { describe, expect, it } from 'vitest'
import { dockerConfigFile, podmanAuthFiles } from '../../../main/registries/authPlaces'

describe("docker's configuration", () => {
  it('is in the home folder, unless DOCKER_CONFIG says otherwise', () => {
    expect(dockerConfigFile({}, '/home/ann')).toBe('/home/ann/.docker/config.json')
    expect(dockerConfigFile({ DOCKER_CONFIG: '/etc/d' }, '/home/ann')).toBe('/etc/d/config.json')
    expect(dockerConfigFile({ DOCKER_CONFIG: '' }, '/home/ann')).toMatch(/^\/home/)
  })
})

describe("Podman's logins", () => {
  it('are looked for where Podman looks, in its order', () => {
    const environment = { REGISTRY_AUTH_FILE: '/a.json', XDG_RUNTIME_DIR: '/run/user/7' }
    expect(podmanAuthFiles(environment, '/home/ann', 7)).toEqual([
      '/a.json',
      '/run/user/7/containers/auth.json',
      '/run/containers/7/auth.json',
      '/home/ann/.config/containers/auth.json',
    ])
  })

  it('are not looked for in relative folders, which XDG says to ignore', () => {
    const environment = { XDG_RUNTIME_DIR: 'run', XDG_CONFIG_HOME: 'config' }
    expect(podmanAuthFiles(environment, '/home/ann', 7)).toEqual([
      '/run/containers/7/auth.json',
      '/home/ann/.config/containers/auth.json',
    ])
  })

  it('follow XDG_CONFIG_HOME, and need no user id', () => {
    expect(podmanAuthFiles({ XDG_CONFIG_HOME: '/c' }, '/home/ann', undefined)).toEqual([
      '/c/containers/auth.json',
    ])
  })
})
