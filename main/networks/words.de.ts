import type { Sentences } from '../../preload/contract/say'

export default {
  'Addresses of the subnet are taken.': 'Adressen des Subnetzes sind belegt.',
  'By another network or by this machine: choose another subnet, or leave it to the engine.':
    'Von einem anderen Netzwerk oder von diesem Rechner: Wählen Sie ein anderes Subnetz, oder überlassen Sie es der Engine.',
  'There is a network of this name already.': 'Es gibt schon ein Netzwerk mit diesem Namen.',
  'The engine has no network driver "{0}".': 'Die Engine hat keinen Netzwerktreiber „{0}“.',
  'Use "bridge", or install the plugin first.':
    'Nutzen Sie „bridge“, oder installieren Sie zuerst das Plugin.',
  'This engine has no IPv6 addresses to give by itself.':
    'Diese Engine vergibt von sich aus keine IPv6-Adressen.',
  'Add an IPv6 subnet, such as fd00:1:2::/64.':
    'Fügen Sie ein IPv6-Subnetz hinzu, etwa fd00:1:2::/64.',
  'The engine has no free subnet left.': 'Die Engine hat kein freies Subnetz mehr.',
  'Remove networks that nothing uses, or choose a subnet yourself.':
    'Entfernen Sie unbenutzte Netzwerke, oder wählen Sie selbst ein Subnetz.',
  '"{0}" comes with the engine and cannot be removed.':
    '„{0}“ gehört zur Engine und kann nicht entfernt werden.',
  'Disconnect or remove them first; stopping is not enough.':
    'Trennen oder entfernen Sie sie zuerst; Stoppen reicht nicht.',
  'Disconnect what uses it first.': 'Trennen Sie zuerst, was es benutzt.',
  'The container {0} is connected to it.': 'Der Container {0} ist damit verbunden.',
  'Containers are connected to it: {0}.': 'Container sind damit verbunden: {0}.',
  'Names are not resolved on "{0}".': 'In „{0}“ werden keine Namen aufgelöst.',
  'Aliases need a network that resolves names: one that you made.':
    'Aliasse brauchen ein Netzwerk, das Namen auflöst: ein selbst angelegtes.',
  'A container cannot be connected to "{0}".':
    'Ein Container kann nicht mit „{0}“ verbunden werden.',
  'It can only be made with it.': 'Er kann nur damit erstellt werden.',
  '{0} is not an address of "{1}".': '{0} ist keine Adresse von „{1}“.',
  'It has {0}.': 'Es hat {0}.',
  'It is connected to "{0}" already.': 'Er ist schon mit „{0}“ verbunden.',
  'Another container has this address.': 'Ein anderer Container hat diese Adresse.',
  'Choose another one, or leave it to the network.':
    'Wählen Sie eine andere, oder überlassen Sie es dem Netzwerk.',
  'Addresses on "{0}" are given by the engine.': 'Adressen in „{0}“ vergibt die Engine.',
  'Choosing one needs a network that was made with a subnet.':
    'Eine zu wählen braucht ein Netzwerk, das mit einem Subnetz angelegt wurde.',
  'It is not connected any more.': 'Er ist nicht mehr verbunden.',
  'The way it is connected cannot be changed.':
    'Die Art, wie er verbunden ist, kann nicht geändert werden.',
  'It was made with the network of the host or of another container, or with none.':
    'Er wurde mit dem Netzwerk des Hosts oder eines anderen Containers erstellt, oder ohne eines.',
  'The network is not there any more.': 'Das Netzwerk gibt es nicht mehr.',
  'Engines keep this name for themselves.': 'Diesen Namen behalten Engines sich vor.',
  'The subnet is none: it is an address, a slash, and a number of bits.':
    'Das ist kein Subnetz: Es besteht aus einer Adresse, einem Schrägstrich und einer Anzahl von Bits.',
  'The subnet does not begin where it says.': 'Das Subnetz beginnt nicht, wo es angegeben ist.',
  'The subnet has no room for a gateway and a container.':
    'Das Subnetz hat keinen Platz für ein Gateway und einen Container.',
  'The subnet has addresses of another network.':
    'Das Subnetz hat Adressen eines anderen Netzwerks.',
  'Two subnets have the same addresses.': 'Zwei Subnetze haben dieselben Adressen.',
  'The network is to have an IPv6 subnet, but no IPv6.':
    'Das Netzwerk soll ein IPv6-Subnetz haben, aber kein IPv6.',
  'The gateway is no address.': 'Das Gateway ist keine Adresse.',
  'The gateway is not in the subnet.': 'Das Gateway liegt nicht im Subnetz.',
  'The gateway has an address that no machine of the subnet can have.':
    'Das Gateway hat eine Adresse, die kein Rechner des Subnetzes haben kann.',
  'The range is none: it is an address, a slash, and a number of bits.':
    'Das ist kein Bereich: Er besteht aus einer Adresse, einem Schrägstrich und einer Anzahl von Bits.',
  'The range is not in the subnet.': 'Der Bereich liegt nicht im Subnetz.',
  'It would be {0}.': 'Es wäre {0}.',
} satisfies Sentences
