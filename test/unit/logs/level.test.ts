import { describe, expect, it } from 'vitest'
import { levelOf } from '../../../main/logs/level'

describe('the level of a line', () => {
  it.each([
    ['[ERROR] disk is full', 'error'],
    ['ERROR: disk is full', 'error'],
    ['error: disk is full', 'error'],
    ['WARN disk is nearly full', 'warning'],
    ['W0102 15:04:05.678901       1 reflector.go:302] watch ended', 'warning'],
    ['I0102 15:04:05.678901       1 main.go:30] started', 'info'],
    ['<3>kernel: out of memory', 'error'],
    ['<30>systemd[1]: started', 'info'],
    ['2024/01/02 10:00:00 [error] 31#31: *1 open() failed', 'error'],
    ['2024/01/02 10:00:00 [notice] 1#1: start worker processes', 'info'],
    ['2024-01-02 10:00:00,123 ERROR [main] org.example.App - failed', 'error'],
    ['2024-01-02 10:00:00.123  WARN 1 --- [main] o.s.b.App : slow', 'warning'],
    ['10:00:00.123 [main] DEBUG org.example.App - here', 'debug'],
    ['[2024-01-02T10:00:00Z INFO  app::server] listening', 'info'],
    ['2024-01-02T10:00:00.123Z\tINFO\tserver/main.go:10\tlistening', 'info'],
    ['10:00AM ERR failed error="no route"', 'error'],
    ['ERROR:root:it failed', 'error'],
    ['2024-01-02 10:00:00,123 - app.worker - CRITICAL - gone', 'fatal'],
    ['2024-01-02 10:00:00.123 UTC [42] FATAL:  no such database', 'fatal'],
    ['2024-01-02 10:00:00.123 UTC [42] LOG:  checkpoint starting', 'info'],
    ['2024-01-02T10:00:00.123456Z 0 [Warning] [MY-010068] CA certificate', 'warning'],
    ['INFO:     Uvicorn running on http://0.0.0.0:8000', 'info'],
    ['info: Microsoft.Hosting.Lifetime[14]', 'info'],
    ['dbug: here', 'debug'],
    ['panic: runtime error: index out of range', 'fatal'],
    ['time="2024-01-02T10:00:00Z" level=warning msg="slow"', 'warning'],
    ['ts=2024-01-02T10:00:00Z caller=main.go:1 level=error msg=x', 'error'],
    ['\x1b[32mINFO\x1b[0m started', 'info'],
    ['\x1b[31m[error]\x1b[39m failed', 'error'],
    ['Jan  2 10:00:00 host app[12]: ERROR something', 'error'],
  ])('%s', (text, level) => {
    expect(levelOf(text)).toEqual({ level, json: false })
  })

  it.each([
    ['{"level":"warn","msg":"x"}', 'warning'],
    ['{"level":30,"time":1,"msg":"x"}', 'info'],
    ['{"level":50}', 'error'],
    ['{"severity":"CRITICAL"}', 'fatal'],
    ['{"lvl":"debug"}', 'debug'],
    ['{"@timestamp":"x","log.level":"ERROR"}', 'error'],
    ['{"log":{"level":"error"}}', 'error'],
    ['{"t":{"$date":"x"},"s":"W","c":"NETWORK"}', 'warning'],
    [' {"message":"level error"} ', null],
    ['{}', null],
  ])('%s', (text, level) => {
    expect(levelOf(text)).toEqual({ level, json: true })
  })

  it.each([
    '',
    'hello',
    'an error occurred',
    'Error handling is described in chapter 3',
    'the log of the day',
    'GET /error HTTP/1.1',
    '{ not json }',
    '[1, 2, 3]',
    '172.17.0.1 - - [02/Jan/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 12',
  ])('%j tells none', (text) => {
    expect(levelOf(text)).toEqual({ level: null, json: false })
  })

  it('is found fast, whatever the line', () => {
    const began = performance.now()
    for (const piece of ['1 ', '[a] ', 'a - ', 'a: ', '- ', '[', '((((', '1|']) {
      levelOf(piece.repeat(20_000))
    }
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
