import type { Journal } from '../run/journal.ts';
import { blindSpotsSection } from './blind-spots-section.ts';
import { chartsSection } from './charts-section.ts';
import { figuresSection } from './figures-section.ts';
import { findingsSection } from './findings-section.ts';
import { html } from './html.ts';
import { importedSection } from './imported-section.ts';
import { renderPage } from './page.ts';
import { powerSection } from './power-section.ts';
import { checksSection, reportFooter, timelineSection } from './record-sections.ts';
import { recoverySection } from './recovery-section.ts';
import { residueSection } from './residue-section.ts';
import { rollbacksSection } from './rollbacks-section.ts';
import { stagesSection } from './stages-section.ts';
import { testedSection } from './tested-section.ts';
import { verdictBanner } from './verdict-banner.ts';

/** A run as one self-contained page that needs neither network nor script. Everything out of the journal is escaped. */
export function renderReport(journal: Journal): string {
  const title = `${journal.verdict}: ${journal.experiment.title}`;
  return renderPage({
    title,
    body: html`${verdictBanner(journal)}
${residueSection(journal)}
${testedSection(journal)}
${importedSection(journal)}
${findingsSection(journal)}
${figuresSection(journal)}
${chartsSection(journal)}
${blindSpotsSection(journal)}
${powerSection(journal)}
${stagesSection(journal)}
${rollbacksSection(journal)}
${recoverySection(journal)}
${checksSection(journal)}
${timelineSection(journal)}
${reportFooter(journal)}`,
  });
}
