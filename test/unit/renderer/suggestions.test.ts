import { describe, expect, it } from 'vitest'
import { namesOfJobs, questionOf, suggest } from '../../../renderer/images/suggestions'
import { job } from './fixtures'

describe('names offered while one is typed', () => {
  const names = ['redis:7', 'ghcr.io/me/redis:1', 'redis:latest', 'redis:7', 'nginx:1']

  it('begin with it, or at least have it; each once', () => {
    expect(suggest('redis', names)).toEqual(['redis:7', 'redis:latest', 'ghcr.io/me/redis:1'])
  })

  it('are none for nothing, nor the very name that stands there', () => {
    expect(suggest(' ', names)).toEqual([])
    expect(suggest('nginx:1', names)).toEqual([])
  })

  it('come from pulls and pushes, too', () => {
    const jobs = [
      job(),
      job({ request: { kind: 'push', engineId: 'e1', references: ['a:1', 'a:2'] } }),
      job({ request: { kind: 'samples', engineId: 'e1' } }),
    ]
    expect(namesOfJobs(jobs)).toEqual(['nginx:latest', 'a:1', 'a:2'])
  })
})

describe('what a registry is asked while a name is typed', () => {
  it('its repositories after the host, the tags of one after the colon', () => {
    expect(questionOf('ghcr.io/me')).toEqual({ kind: 'repositories', host: 'ghcr.io' })
    expect(questionOf('localhost:5000/a/b:')).toEqual({
      kind: 'tags',
      host: 'localhost:5000',
      repository: 'a/b',
    })
    expect(questionOf('localhost:5000/a/b:1.')).toMatchObject({ kind: 'tags', repository: 'a/b' })
  })

  it('tags of an image of Docker Hub, whose repositories nobody lists', () => {
    expect(questionOf('nginx:')).toEqual({
      kind: 'tags',
      host: 'docker.io',
      repository: 'library/nginx',
    })
    expect(questionOf('bitnami/redis:7')).toMatchObject({ repository: 'bitnami/redis' })
    expect(questionOf('docker.io/library/')).toBeNull()
  })

  it('nothing while no registry is named, or a digest is typed', () => {
    for (const text of ['', 'nginx', 'bitnami/redis', 'nginx@sha256:abc']) {
      expect(questionOf(text)).toBeNull()
    }
  })
})
