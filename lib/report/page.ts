import { createHash } from 'node:crypto';
import { type Content, html, trusted } from './html.ts';
import { layout } from './style/layout.ts';
import { theme } from './style/theme.ts';

interface Page {
  readonly title: string;
  /** What is inside `main`. */
  readonly body: Content;
  /** Styles of this page alone: a constant of the code. */
  readonly own?: string;
}

/** A page may use its own style sheet and nothing else: no script, no network, no frame, no form. */
const policyFor = (styles: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** One self-contained page that needs neither network nor script. */
export function renderPage({ title, body, own = '' }: Page): string {
  const styles = `${theme}${layout}${own}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(styles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title} – Steadfast</title>
<style>${trusted(styles)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.markup;
}
