import { type Content, html, trusted } from '../../report/html.ts';

/** What every page is: `extra` stands in its head. */
export const shell = (title: string, body: Content, extra: Content = trusted('')): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<title>${title} – Steadfast</title>
${extra}</head>
${body}
</html>
`.markup;
