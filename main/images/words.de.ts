import type { Sentences } from '../../preload/contract/say'

export default {
  'A name to tag with cannot have a digest.': 'Ein Name zum Taggen kann keinen Digest haben.',
  'The image is not called "{0}" any more.': 'Das Image heißt nicht mehr „{0}“.',
  '"{0}" is the image\'s only name.': '„{0}“ ist der einzige Name des Images.',
  'Removing it would remove the image: use Remove if that is what you want.':
    'Ohne ihn wäre das Image entfernt: Nutzen Sie „Entfernen“, wenn Sie das wollen.',
  'The image is called "{0}" already.': 'Das Image heißt schon „{0}“.',
  'Another image has the name "{0}" now.': 'Ein anderes Image hat jetzt den Namen „{0}“.',
  'Nothing was taken away: the image is still called "{0}".':
    'Nichts wurde weggenommen: Das Image heißt weiterhin „{0}“.',
  'A container uses it: {0}.': 'Ein Container benutzt es: {0}.',
  'Remove the container first.': 'Entfernen Sie zuerst den Container.',
  '"{0}" is not an image name.': '„{0}“ ist kein Name für ein Image.',
  'An image cannot be given a name with a digest.':
    'Ein Image kann keinen Namen mit Digest bekommen.',
  '{0} images': '{0} Images',
  'This is no container image.': 'Das ist kein Container-Image.',
  'Registries keep other things too, such as charts; an engine cannot pull them.':
    'Registries bewahren auch anderes auf, etwa Charts; eine Engine kann sie nicht pullen.',
  'A push needs a tag.': 'Ein Push braucht ein Tag.',
} satisfies Sentences
