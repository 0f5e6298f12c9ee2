import type { Sentences } from '../../preload/contract/say'

export default {
  'The engine sent bytes that are not a multiplexed stream.':
    'Die Engine hat Bytes gesendet, die kein Multiplex-Stream sind.',
  'The engine announced a frame of {0} bytes.':
    'Die Engine hat einen Frame von {0} Bytes angekündigt.',
  'The stream was cut off in the middle of a frame.': 'Der Stream brach mitten in einem Frame ab.',
} satisfies Sentences
