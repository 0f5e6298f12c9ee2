import { describe, expect, it } from 'vitest'
import { readTyped, referenceTo } from '../../../renderer/registries/browse/typed'
import { knownRegistries } from '../../../renderer/registries/known'
import { presetOf } from '../../../renderer/registries/login/presets'
import { readMirrors } from '../../../renderer/registries/settings/mirrors'

describe('mirrors', () => {
  it('are read one host a line, and what is no host is named', () => {
    expect(readMirrors(' Mirror.example:5000\n\nlocalhost:5001 ')).toEqual({
      mirrors: ['mirror.example:5000', 'localhost:5001'],
      wrong: [],
      tooMany: false,
    })
    expect(readMirrors('https://a.example/x').wrong).toEqual(['https://a.example/x'])
    expect(readMirrors(Array.from({ length: 9 }, (_, n) => `m${n}`).join('\n')).tooMany).toBe(true)
  })
})

describe('the registries that are known', () => {
  it('are those of logins, settings and local names, once each; what has no registry is none', () => {
    const known = knownRegistries({
      logins: [{ host: 'ghcr.io', username: 'ann', source: 'longshore', helper: null }],
      settings: [
        { host: 'ghcr.io', plainHttp: false, ca: null, skipVerify: true, mirrors: [] },
        { host: 'a.example', plainHttp: true, ca: null, skipVerify: false, mirrors: [] },
      ],
      references: ['nginx:1', 'redis:7', 'GHCR.io/x/y:1', 'localhost/mine:1', 'localhost:5000/b:2'],
    })
    expect(known.map(({ host, names, login }) => [host, names, login?.username])).toEqual([
      ['a.example', 0, undefined],
      ['docker.io', 2, undefined],
      ['ghcr.io', 1, 'ann'],
      ['localhost:5000', 1, undefined],
    ])
  })
})

describe('a typed repository', () => {
  it.each([
    ['docker.io', 'nginx', 'library/nginx', null],
    ['docker.io', 'bitnami/redis:7', 'bitnami/redis', '7'],
    ['ghcr.io', 'ghcr.io/team/app:1.0', 'team/app', '1.0'],
    ['localhost:5000', 'team/app', 'team/app', null],
    ['localhost:5000', `app@sha256:${'a'.repeat(64)}`, 'app', `sha256:${'a'.repeat(64)}`],
  ])('on %s: %s', (host, text, repository, tag) => {
    expect(readTyped(host, text)).toEqual({ repository, tag })
  })

  it.each([
    ['ghcr.io', 'Upper/Case'],
    ['ghcr.io', ''],
    ['ghcr.io', '../x'],
    ['ghcr.io', 'a b'],
  ])('on %s is none: "%s"', (host, text) => {
    expect(readTyped(host, text)).toBeNull()
  })

  it('is named as docker names it', () => {
    expect(referenceTo('docker.io', 'library/nginx', '1')).toBe('nginx:1')
    const digest = `sha256:${'b'.repeat(64)}`
    expect(referenceTo('ghcr.io', 'team/app', digest)).toBe(`ghcr.io/team/app@${digest}`)
  })
})

describe('what is known of logins', () => {
  it.each([
    ['docker.io', 'hub'],
    ['ghcr.io', 'ghcr'],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com', 'ecr'],
    ['public.ecr.aws', 'ecr'],
    ['europe-west1-docker.pkg.dev', 'google'],
    ['eu.gcr.io', 'google'],
    ['quay.io', 'quay'],
    ['team.azurecr.io', 'azure'],
    ['registry.gitlab.com', 'gitlab'],
    ['registry.gitlab.example.com', 'gitlab'],
    ['harbor.example.com:8443', 'harbor'],
  ])('at %s is that of %s', (host, id) => {
    expect(presetOf(host)?.id).toBe(id)
    expect(presetOf(host)?.link).toMatch(/^https:\/\//)
  })

  it.each(['localhost:5000', 'evil-ghcr.io', 'ghcr.io.example', 'x.amazonaws.com', 'gcr.io.evil'])(
    'at %s is nothing',
    (host) => {
      expect(presetOf(host)).toBeNull()
    },
  )
})
