import type { WordsLike } from '../../words/types'
import type english from './words.en'

export default {
  action: 'Image daraus machen…',
  title: 'Aus {name} ein Image machen',
  body: 'Ein Commit legt den Container, wie er jetzt ist, in ein neues Image, aus dem andere gestartet werden können.',
  contents: 'Was das Image enthält',
  holds: {
    files:
      'Darin: die Dateien seines Images, mit allem, was im Container geschrieben, geändert und entfernt wurde.',
    settings:
      'Darin: sein Befehl und seine Umgebung. Passwörter darin kann jeder lesen, der das Image bekommt.',
  },
  leaves: {
    volumes: 'Nicht darin: was in Volumes und gemounteten Ordnern liegt; er hat jetzt keine.',
    mounts: 'Nicht darin: was in Volumes und gemounteten Ordnern liegt: {mounts}.',
    processes:
      'Nicht darin: laufende Programme und ihr Speicher. Ein neuer Container beginnt von vorn.',
  },
  reference: 'Name des neuen Images',
  moves:
    'Ein Image hat diesen Namen schon. Es verliert ihn an das neue und bleibt ohne ihn zurück.',
  message: 'Nachricht',
  author: 'Autor',
  pause: 'Währenddessen pausieren',
  pauseHint:
    'Seine Programme stehen still, während seine Dateien gelesen werden, damit sie zusammenpassen.',
  commandHint: 'Leer: der des Containers. Für Pipes und Variablen: sh -c "…"',
  start: 'Image erstellen',
  cancel: 'Commit abbrechen',
  again: 'Erneut versuchen',
} satisfies WordsLike<typeof english>
