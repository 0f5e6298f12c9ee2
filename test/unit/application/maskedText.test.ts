import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskText } from '../../../main/maskedText'
import { mask } from '../../../main/masking'

const secret = 'hunter2-Zq9'

describe('a text that is handed to others', () => {
  test.each([
    `DB_PASSWORD=${secret} docker run`,
    `docker run -e API_KEY='${secret}' nginx`,
    `{"env":["REGISTRY_TOKEN=${secret}"]}`,
    `{"password":"${secret}","user":"me"}`,
    `{"line":"{\\"password\\":\\"${secret}\\"}"}`,
    `{"line":"{\\"a\\":\\"{\\\\\\"secret\\\\\\":\\\\\\"${secret}\\\\\\"}\\"}"}`,
    `https://me:${secret}@registry.example.com/v2/`,
    `ssh://${secret}@host:22/run/docker.sock`,
    `{"password":"${secret}\\"still ${secret}\\\\"}`,
    `PASSWORD="two words ${secret}" and`,
    `{"cmd":"PASSWORD=\\"two words ${secret}\\" run"}`,
    `{"env":["PASSWORD=a\\"${secret},${secret};${secret}&"]}`,
    `{"password": "never closed ${secret}`,
    `--token=${secret}`,
    `Authorization: Bearer ${secret}`,
    `authorization: basic ${secret}==`,
    `Password: ${secret}`,
    `docker login --password ${secret} -u me`,
    `https://host/?token=${secret}&x=1`,
    `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${secret} cut off`,
    `seen: eyJ${secret.replace('-', '')}.${secret}.${secret}`,
    `cloned with ghp_${secret.replace('-', '')}abc`,
  ])('has no secret in it: %s', (text) => {
    const masked = maskText(text)
    expect(masked).not.toContain(secret)
    expect(masked).not.toContain('hunter2')
    expect(masked).toContain(mask)
  })

  test('keeps what is no secret', () => {
    const text =
      '{"level":40,"msg":"the engine does not answer","author":"me","path":"/a=b","count":5} ' +
      'PATH=/usr/bin nginx:1.27 http://localhost:8080/x sha256:abc docker run --name web'
    expect(maskText(text)).toBe(text)
  })

  test('has none of the secrets that are known, wherever they stand and whatever is around', () => {
    const known = fc.stringMatching(/^[\w!-~]{6,20}$/)
    const around = fc.string({ maxLength: 40 })
    fc.assert(
      fc.property(known, around, around, (one, before, after) => {
        fc.pre(!before.includes(one) && !after.includes(one) && !mask.includes(one))
        expect(maskText(`${before}${one}${after}`, [one])).not.toContain(one)
      }),
    )
  })

  test('tells the home folder without whose it is', () => {
    expect(maskText('open /home/alice/.docker/config.json', [], '/home/alice')).toBe(
      'open ~/.docker/config.json',
    )
  })

  test('takes no longer than it is long, also where it is made to', () => {
    const long = 200_000
    const hostile = [
      '"',
      '\\"',
      'a=',
      '//',
      '-----BEGIN PRIVATE KEY-----',
      'eyJ',
      'a: ',
      '"a":"',
      '\\',
    ]
    for (const piece of hostile) {
      const text = piece.repeat(long / piece.length)
      expect(maskText(text).length, piece).toBeGreaterThan(0)
    }
  })
})
