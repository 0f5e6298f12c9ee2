import { describe, expect, it } from 'vitest'
import {
  dockerRegistrySetup,
  podmanRegistrySetup,
  type RegistryWay,
} from '../../../main/engines/dialect/registrySetup'

const way = (changes: Partial<RegistryWay>): RegistryWay => ({
  host: 'a.example:5000',
  plainHttp: false,
  skipVerify: false,
  ca: null,
  mirrors: [],
  ...changes,
})
const filesOf = ({ steps }: ReturnType<typeof dockerRegistrySetup>) =>
  Object.fromEntries(steps.map(({ file, content }) => [file, content]))

describe('what Docker’s daemon needs', () => {
  it('is nothing for the usual way', () => {
    expect(dockerRegistrySetup(way({}))).toEqual({ byItself: null, steps: [], afterwards: null })
  })

  it('is the authority in a folder with the host’s name', () => {
    expect(filesOf(dockerRegistrySetup(way({ ca: 'PEM' })))).toEqual({
      '/etc/docker/certs.d/a.example:5000/ca.crt': 'PEM',
    })
  })

  it.each([{ plainHttp: true }, { skipVerify: true }])(
    'is an insecure registry for %j, since it takes nothing of it per call',
    (changes) => {
      const setup = dockerRegistrySetup(way(changes))
      expect(JSON.parse(filesOf(setup)['/etc/docker/daemon.json'] ?? '')).toEqual({
        'insecure-registries': ['a.example:5000'],
      })
      expect(setup.afterwards).toContain('systemctl reload docker')
    },
  )

  it('is a list of mirrors for Docker Hub, and a word that it knows no others', () => {
    const hub = way({ host: 'docker.io', mirrors: ['m.example', 'n.example'] })
    expect(JSON.parse(filesOf(dockerRegistrySetup(hub))['/etc/docker/daemon.json'] ?? '')).toEqual({
      'registry-mirrors': ['https://m.example', 'https://n.example'],
    })
    const other = dockerRegistrySetup(way({ mirrors: ['m.example'] }))
    expect(other.steps).toEqual([])
    expect(other.byItself).toContain('mirrors of Docker Hub only')
  })
})

describe('what Podman needs', () => {
  it('is told with each call where nothing is verified', () => {
    const setup = podmanRegistrySetup(way({ skipVerify: true }))
    expect(setup.steps).toEqual([])
    expect(setup.byItself).toContain('with every pull and push')
  })

  it('is the authority, and the mirrors in their order', () => {
    const files = filesOf(podmanRegistrySetup(way({ ca: 'PEM', mirrors: ['m.example', 'n:5'] })))
    expect(files['/etc/containers/certs.d/a.example:5000/ca.crt']).toBe('PEM')
    expect(files['/etc/containers/registries.conf.d/a.example-5000.conf']).toBe(
      [
        '[[registry]]',
        'location = "a.example:5000"',
        '',
        '[[registry.mirror]]',
        'location = "m.example"',
        '',
        '[[registry.mirror]]',
        'location = "n:5"',
      ].join('\n'),
    )
  })
})
