import type { Sentences } from '../../preload/contract/say'

export default {
  'There are {0} rules already.': 'Es gibt schon {0} Regeln.',
  'Delete one that is not needed any more, or let one rule be about several containers.':
    'Löschen Sie eine, die nicht mehr gebraucht wird, oder lassen Sie eine Regel für mehrere Container gelten.',
  'This rule is not there any more.': 'Diese Regel gibt es nicht mehr.',
  '{0}%': '{0} %',
  '{0} alerts': '{0} Alarme',
  '{0} and {1} more': '{0} und {1} weitere',
  'below {0}': 'unter {0}',
  'above {0}': 'über {0}',
  '{0} for {1}': '{0} seit {1}',
} satisfies Sentences
