/**
 * A browser in the POSIX locale says that its language is `en-US@posix`, which `Intl` refuses, and the chart's library hands that on
 * as it loads. The page is in English, whatever the browser's language.
 */
if (!isKnown(navigator.language)) Object.defineProperty(navigator, 'language', { value: 'en' });

function isKnown(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}
