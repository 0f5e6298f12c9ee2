import { moment } from '../../format'
import { useToasts } from '../../ui/useToasts'
import { useWords } from '../../words'
import type { ChartModel } from '../chartModel'
import { legendOf } from '../legend'
import type { Span } from '../timeView'
import { useCanvasColours } from '../useCanvasColours'
import { csvOf } from './csv'
import { download, fileName } from './download'
import { drawPicture } from './picture'

interface Shown {
  /** What the charts are about: names of containers. */
  subject: () => string
  models: () => readonly ChartModel[]
  span: () => Span
  /** In the order of `models`. */
  pictures: () => readonly (HTMLCanvasElement | null)[]
}

/** Takes away what is shown, as numbers or as a picture. */
export function useExport({ subject, models, span, pictures }: Shown) {
  const { t } = useWords()
  const colours = useCanvasColours()
  const toasts = useToasts()

  function saveCsv() {
    // The mark at the front tells spreadsheets that names are UTF-8.
    const content = `\uFEFF${csvOf(models(), span(), t)}`
    const file = new Blob([content], { type: 'text/csv;charset=utf-8' })
    download(file, fileName(subject(), span().to, 'csv'))
  }

  function savePng() {
    const { from, to } = span()
    const canvases = pictures()
    const picture = drawPicture({
      title: subject(),
      subtitle: t('stats.range.zoomed', { from: moment(from), to: moment(to) }),
      charts: models().map((model, index) => ({
        title: model.title,
        note: model.note,
        canvas: canvases[index] ?? null,
        legend: legendOf(model, span(), null, t).map(({ row, label, value }) => ({
          row,
          text: `${label} ${value}`,
        })),
      })),
      span: span(),
      colours: colours.value,
    })
    picture.toBlob((file) => {
      if (file) download(file, fileName(subject(), to, 'png'))
      else toasts.show({ tone: 'bad', text: t('stats.export.failed') })
    })
  }

  return { saveCsv, savePng }
}
