import { trusted } from '../html.ts';

export type WidgetTheme = 'light' | 'dark';

/** Text keeps 4.5:1 on the ground of CloudWatch's dashboards, marks 3:1 (WCAG 2.2, AA). */
const colours: Readonly<Record<WidgetTheme, string>> = {
  light:
    '--ink:#18202a;--soft:#525c69;--rule:#8a94a0;--good:#0f6b3c;--bad:#ad1f16;--warn:#7d4e00;--ground:#f3f5f7;--paper:#ffffff;--line:#1556c0',
  dark: '--ink:#e8ecf0;--soft:#a7b1bc;--rule:#6b7682;--good:#6fd39c;--bad:#ff9a8f;--warn:#f2c063;--ground:#1c2229;--paper:#0f1419;--line:#6ea8ff',
};

/**
 * Every rule begins with the widget's own class, since widgets may share a page. Nothing is told by colour alone. CloudWatch keeps
 * `<style>` ("Details about custom widgets"), and has no media query that follows its theme: the event says which it is.
 */
export const widgetStyle = (theme: WidgetTheme) =>
  trusted(`<style>
.steadfast-game-day{${colours[theme]};color:var(--ink);font-size:14px;line-height:1.45;overflow-wrap:anywhere}
.steadfast-game-day h2{font-size:18px;margin:0 0 2px}
.steadfast-game-day h3{font-size:15px;margin:14px 0 4px}
.steadfast-game-day p{margin:0 0 6px}
.steadfast-game-day ul{margin:0 0 6px;padding-left:20px}
.steadfast-game-day table{border-collapse:collapse;width:100%}
.steadfast-game-day caption{text-align:left;font-weight:700;padding:10px 0 4px}
.steadfast-game-day th,.steadfast-game-day td{text-align:left;vertical-align:top;padding:3px 8px 3px 0;border-bottom:1px solid var(--rule)}
.steadfast-game-day .soft{color:var(--soft)}
.steadfast-game-day .good{color:var(--good)}
.steadfast-game-day .bad{color:var(--bad)}
.steadfast-game-day .box{border:2px solid var(--rule);border-radius:8px;padding:8px 12px;margin:8px 0;background:var(--ground)}
.steadfast-game-day .box.danger{border-color:var(--bad)}
.steadfast-game-day .box.asked{border-color:var(--warn)}
.steadfast-game-day .buttons{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}
.steadfast-game-day button{font:inherit;font-weight:700;padding:6px 14px;border-radius:16px;border:2px solid var(--line);background:var(--paper);color:var(--line);cursor:pointer}
.steadfast-game-day button.good{border-color:var(--good);color:var(--good)}
.steadfast-game-day button.danger{border-color:var(--bad);background:var(--bad);color:var(--paper)}
.steadfast-game-day button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.steadfast-game-day label{display:block;margin:6px 0}
.steadfast-game-day textarea{display:block;width:100%;max-width:640px;box-sizing:border-box}
.steadfast-game-day svg{width:120px;height:24px;vertical-align:middle}
.steadfast-game-day polyline{fill:none;stroke:var(--line);stroke-width:2}
</style>`);
