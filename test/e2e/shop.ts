import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { engineCli, makeBusyboxImage, type Engine } from '../bed'

const APP = 'ghcr.io/example/shop:2.4.1'
/** Reference and how many KiB the page and its scripts have. */
const IMAGES = [
  { name: 'ghcr.io/example/shop-web:2.4.1', page: 320, scripts: 1_530 },
  { name: 'ghcr.io/example/shop-web:2.4.0', page: 310, scripts: 1_480 },
  { name: 'docker.io/example/mailer:1', page: 40, scripts: 610 },
  { name: 'localhost:5000/tools/importer:nightly', page: 20, scripts: 8_400 },
]

const REST = "trap 'exit 0' TERM; rest() { sleep $1 & wait $!; }"
/** Works for some rounds, says so as many services do, and rests. */
const spin = (rounds: number, pause: number) =>
  `${REST}; n=100; while :; do i=0; while [ $i -lt ${rounds} ]; do i=$((i+1)); done; n=$((n+1))
  echo "{\\"level\\":\\"info\\",\\"msg\\":\\"order stored\\",\\"order\\":$n}"
  [ $((n % 7)) = 0 ] && echo "{\\"level\\":\\"warn\\",\\"msg\\":\\"slow answer\\",\\"order\\":$n}"; rest ${pause}; done`
const keep = (mebibytes: number, then: string) =>
  `head -c ${mebibytes * 1024 * 1024} /dev/zero > /dev/shm/kept; ${then}`

/** CPU and memory that rise and fall together. */
const WORK = `${REST}; while :; do for level in 1 3 6 10 14 17 18 16 12 8 4 2; do
  head -c $((level * 2621440)) /dev/zero > /dev/shm/batch
  i=0; while [ $i -lt $((level * 9000)) ]; do i=$((i+1)); done; rest 0.5
done; done`
const web = `httpd -p 8080 -h /www; n=0; ${REST}; while :; do n=$((n+1)); echo "GET /orders/$n 200"; rest 0.4; done`
const CONTAINERS = [
  { service: 'web', options: ['--publish', '127.0.0.1:0:8080'], program: web },
  { service: 'api', options: ['--cpus', '1'], program: keep(24, spin(30_000, 0.3)) },
  {
    service: 'db',
    options: ['--memory', '96m', '--volume', 'shop-data:/var/lib/data'],
    program: keep(41, spin(4_000, 0.5)),
  },
  { service: 'worker', options: ['--cpus', '0.5', '--memory', '64m'], program: WORK },
]

/** Images, containers, volumes and networks as a small project has them, on an engine that has none. */
export async function furnish(engine: Engine, { allImages }: { allImages: boolean }) {
  const cli = engineCli(engine)
  await makeBusyboxImage(engine, APP)
  for (const image of allImages ? IMAGES : IMAGES.slice(0, 1)) await build(engine, image)
  for (const { service, options, program } of CONTAINERS) {
    const project = ['com.docker.compose.project=shop', `com.docker.compose.service=${service}`]
    const labels = project.flatMap((label) => ['--label', label])
    const name = ['--name', `shop-${service}-1`]
    await cli(['run', '--detach', ...name, ...labels, ...options, APP, 'sh', '-c', program])
  }
  await cli(['run', '--name', 'migrate-orders', APP, 'true'])
  await cli(['run', '--name', 'nightly-report', APP, 'sh', '-c', 'exit 3']).catch(() => undefined)
  await cli(['run', '--detach', '--name', 'debug-shell', APP, 'sh', '-c', `${REST}; rest 9999`])
  await cli(['pause', 'debug-shell'])
  await cli(['create', '--name', 'importer-next', APP, 'true'])

  await cli(['network', 'create', 'shop-front'])
  await cli(['network', 'create', '--internal', 'shop-back'])
  await cli(['network', 'connect', 'shop-front', 'shop-web-1'])
  await cli(['network', 'connect', 'shop-front', 'shop-api-1'])
  for (const service of ['api', 'worker', 'db']) {
    await cli(['network', 'connect', 'shop-back', `shop-${service}-1`])
  }
  await cli(['volume', 'create', 'shop-uploads'])
}

async function build(engine: Engine, image: (typeof IMAGES)[number]): Promise<void> {
  const folder = mkdtempSync(join(engine.folder, 'build-'))
  writeFileSync(join(folder, 'index.html'), randomBytes(image.page * 1024))
  writeFileSync(
    join(folder, 'Dockerfile'),
    [
      `FROM ${APP}`,
      'ENV SHOP_CURRENCY=EUR',
      'COPY index.html /www/',
      `RUN head -c ${image.scripts}k /dev/urandom > /www/app.js && chmod 444 /www/app.js`,
      'EXPOSE 8080',
      'USER nobody',
      'CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]',
    ].join('\n'),
  )
  await engineCli(engine)(['build', '--network', 'none', '--tag', image.name, folder])
}
