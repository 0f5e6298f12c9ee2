import { describe, expect, it } from 'vitest'
import { mergeScopes, repositoryScope } from '../../../../main/registries/protocol/scopes'

describe('the scopes of a token', () => {
  it('name the repository and what is done to it', () => {
    expect(repositoryScope('team/app', 'pull', 'push')).toBe('repository:team/app:pull,push')
  })

  it('are what a call needs and what the registry asks for, each resource once', () => {
    expect(
      mergeScopes(
        ['repository:a:delete', 'repository:b:pull'],
        ['repository:a:pull,delete', 'registry:catalog:*'],
      ),
    ).toEqual(['repository:a:delete,pull', 'repository:b:pull', 'registry:catalog:*'])
  })

  it('may be of a host with a port, or of no known form', () => {
    expect(mergeScopes(['repository:host:5000/a:pull'], ['openid'])).toEqual([
      'repository:host:5000/a:pull',
      'openid',
    ])
    expect(mergeScopes([], [])).toEqual([])
  })
})
