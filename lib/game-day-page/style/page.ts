import { theme } from '../../report/style/theme.ts';
import { parts } from './parts.ts';

const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1440px; margin: 0 auto; padding: 16px 20px 48px; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 0 0 10px; }
h3 { font-size: 1rem; line-height: 1.3; margin: 0; }
p { margin: 0 0 8px; }
ul, ol { margin: 0; padding: 0; list-style: none; }
section, figure, .card main { background: var(--paper); border: 1px solid var(--rule); border-radius: 10px; padding: 16px 20px; margin: 0; }
code { font: 0.9em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--code); border-radius: 4px; padding: 1px 5px; }
summary { cursor: pointer; }
:focus-visible { outline: 3px solid var(--p95); outline-offset: 2px; border-radius: 4px; }
h1:focus, h2:focus { outline: none; }
h1:focus-visible, h2:focus-visible { outline: 3px solid var(--p95); outline-offset: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 12px; top: 12px; z-index: 4; background: var(--paper); color: var(--ink); padding: 8px 14px; }
.none, .by, .hash, .gap { color: var(--soft); font-size: 0.875rem; }
.tag { font-size: 0.75rem; text-transform: uppercase; letter-spacing: 0.06em; border: 1px solid currentColor; border-radius: 4px; padding: 0 6px; }
.card main { max-width: 560px; margin: 8vh auto; padding: 28px 32px; }
.card h1 { margin-bottom: 12px; }
.card input { display: block; width: 100%; margin-top: 4px; }
.card form { margin: 20px 0 16px; }
.card form p { margin-bottom: 14px; }
#connection:not(:empty) { position: sticky; top: 0; z-index: 3; background: var(--unknown-ground); color: var(--ink); border-bottom: 3px solid var(--unknown);
  padding: 10px 20px; font-weight: 650; text-align: center; }
noscript p { text-align: center; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; }
.columns > .main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; align-content: start; }
@media (min-width: 1080px) {
  .columns { grid-template-columns: minmax(0, 1fr) minmax(340px, 420px); align-items: start; }
}
@media (max-width: 640px) {
  main { padding: 8px 8px 40px; }
  section, figure { padding: 14px 12px; }
  .card main { margin: 12px; padding: 20px 16px; }
  h1 { font-size: 1.3rem; }
}
@media (prefers-reduced-motion: no-preference) {
  button { transition: filter 120ms; }
}
`;

/** Read from the back of a room; what goes on now, the charts and the stages fit on one screen. */
const projector = `
.projector { font-size: clamp(18px, 1.25vw, 34px); }
.projector main { max-width: none; padding: 0.8em 1.4em; }
.projector h1 { font-size: 1.5em; }
.projector h2 { font-size: 1.15em; margin-bottom: 0.3em; }
.projector h3 { font-size: 1em; }
.projector .head { gap: 0.5em; margin-bottom: 0.7em; }
.projector .where { font-size: 0.85em; }
.projector .tag { font-size: 0.8em; }
.projector .hypothesis { max-width: none; }
.projector .now { padding: 0.5em 1em; }
.projector .now .sentence { font-size: 1.6em; }
.projector section { padding: 0.6em 1em; }
.projector figcaption { display: block; }
.projector .plot { height: 14em; font-size: 0.7em; }
.projector .ladder { display: grid; gap: 0 1.6em; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16em), 1fr)); }
.projector .stage { border-top: 0; }
.projector .checklist li { padding: 0.25em 0; }
.projector .by, .projector .none, .projector .hash, .projector .gap { font-size: 0.85em; }
.projector .chip, .projector .stage .label { font-size: 0.85em; }
.projector .stage { padding: 0.4em 0; }
.projector .stage p { margin-bottom: 0.1em; }
.projector .stage .label { margin-top: 0.2em; }
.projector .figures { grid-template-columns: repeat(auto-fit, minmax(min(100%, 11em), 1fr)); }
.projector .skip { display: none; }
@media (min-width: 1080px) {
  .projector .columns { grid-template-columns: minmax(0, 2.2fr) minmax(0, 1fr); }
}
`;

/** The page's style: the colours are the report's, light and dark. */
export const styles = `${theme}${page}${parts}${projector}`;
