import { createHash } from 'node:crypto';
import type { Journal } from '../run/journal.ts';
import { blindSpotsSection } from './blind-spots-section.ts';
import { chartsSection } from './charts-section.ts';
import { figuresSection } from './figures-section.ts';
import { findingsSection } from './findings-section.ts';
import { html, trusted } from './html.ts';
import { powerSection } from './power-section.ts';
import { checksSection, reportFooter, timelineSection } from './record-sections.ts';
import { recoverySection } from './recovery-section.ts';
import { residueSection } from './residue-section.ts';
import { rollbacksSection } from './rollbacks-section.ts';
import { stagesSection } from './stages-section.ts';
import { layout } from './style/layout.ts';
import { theme } from './style/theme.ts';
import { testedSection } from './tested-section.ts';
import { verdictBanner } from './verdict-banner.ts';

const styles = `${theme}${layout}`;
/** The page may use its own style sheet and nothing else: no script, no network, no frame, no form. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A run as one self-contained page that needs neither network nor script. Everything out of the journal is escaped. */
export function renderReport(journal: Journal): string {
  const title = `${journal.verdict}: ${journal.experiment.title}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title} – Steadfast</title>
<style>${trusted(styles)}</style>
</head>
<body>
<main>
${verdictBanner(journal)}
${residueSection(journal)}
${testedSection(journal)}
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
${reportFooter(journal)}
</main>
</body>
</html>
`.markup;
}
