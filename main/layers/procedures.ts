import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import { analyse } from './analyse'
import { Analyses } from './analyses'
import { sharing, stepsOfImage } from './layers'
import { childrenOf, findPaths } from './layerView'

export function layersProcedures({ engines, layerFacts: keeper }: Services) {
  const { layers } = implementContract
  const analyses = new Analyses()
  return {
    ofImage: layers.ofImage.handler(({ input, signal }) =>
      stepsOfImage(keeper, engines.get(input.engineId), input.id, streamSignal(signal)),
    ),
    sharing: layers.sharing.handler(({ input, signal }) =>
      sharing(keeper, engines.get(input.engineId), streamSignal(signal)),
    ),
    analyse: layers.analyse.handler(({ input, signal }) =>
      analyse({ keeper, analyses }, engines.get(input.engineId), input.id, streamSignal(signal)),
    ),
    tree: layers.tree.handler(({ input }) =>
      childrenOf(analyses.get(input.id).stack, input.layer, input.folder, input.changedOnly),
    ),
    find: layers.find.handler(({ input }) =>
      findPaths(analyses.get(input.id).stack, input.layer, input.text, input.changedOnly),
    ),
  }
}
