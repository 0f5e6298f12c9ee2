import { implementContract, type Services } from '../rpc/implementer'
import { speakLanguage } from '../words/speakLanguage'
import { diagnosticsText } from './diagnostics'
import { PageReports } from './pageReports'

export function applicationProcedures(services: Services) {
  const procedures = implementContract.application
  const { platform } = services
  const reports = new PageReports()
  return {
    about: procedures.about.handler(() => ({
      version: platform.version,
      mode: platform.mode,
      platform: process.platform,
      updatesItself: platform.updatesItself ?? false,
      notices: platform.notices(),
    })),
    diagnostics: procedures.diagnostics.handler(async () => ({
      text: await diagnosticsText(services),
    })),
    speak: procedures.speak.handler(({ input }) => speakLanguage(input.language)),
    report: procedures.report.handler(({ input }) => reports.write(input)),
  }
}
