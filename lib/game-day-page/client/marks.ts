import type uPlot from 'uplot';
import type { Aggregate, GameDayView } from '../../game-day/view.ts';
import { inUnit } from '../view/figures.ts';

/** A colour of the style sheet as it is now, light or dark. */
export const ink = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const pixels = (): number => devicePixelRatio;

/** A canvas is measured in the screen's own pixels. */
const scaled = (font: string): string =>
  font.replace(/^[\d.]+/, (size) => String(Number.parseFloat(size) * pixels()));

/** A text that can be read on whatever is behind it. */
function write(context: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string): void {
  context.textAlign = 'left';
  context.lineJoin = 'round';
  context.lineWidth = 4 * pixels();
  context.strokeStyle = ink('--paper');
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** The times in which faults were under way, shaded, with their edges and, above the lines, their name. */
export function drawSpans(plot: uPlot, { faultSpans = [] }: GameDayView, nowMs: number, font: string): void {
  const { ctx: context, bbox } = plot;
  let writtenTo = bbox.left;
  context.save();
  context.beginPath();
  context.rect(bbox.left, 0, plot.ctx.canvas.width - bbox.left, bbox.top + bbox.height);
  context.clip();
  for (const { beganAt, endedAt } of faultSpans) {
    const from = Math.max(bbox.left, plot.valToPos(Date.parse(beganAt) / 1_000, 'x', true));
    const to = plot.valToPos((endedAt === undefined ? nowMs : Date.parse(endedAt)) / 1_000, 'x', true);
    if (to <= bbox.left) continue;
    context.fillStyle = ink('--fault');
    context.fillRect(from, bbox.top, to - from, bbox.height);
    context.fillStyle = ink('--fault-edge');
    context.fillRect(from, bbox.top, 1.5 * pixels(), bbox.height);
    if (endedAt !== undefined) context.fillRect(to, bbox.top, 1.5 * pixels(), bbox.height);
    context.font = scaled(font);
    context.textAlign = 'left';
    context.textBaseline = 'bottom';
    context.fillStyle = ink('--ink');
    // Of faults that followed closely, the first name stands for those that would be written over it.
    if (from < writtenTo) continue;
    context.fillText('fault', from, bbox.top - 2 * pixels());
    writtenTo = from + context.measureText('fault ').width;
  }
  context.restore();
}

function drawLevel(
  plot: uPlot,
  value: number,
  mark: {
    readonly text: string;
    readonly colour: string;
    readonly dash: readonly number[];
    readonly font: string;
  },
): void {
  const { ctx: context, bbox } = plot;
  const y = plot.valToPos(value, 'y', true);
  context.save();
  context.strokeStyle = mark.colour;
  context.lineWidth = 1.75 * pixels();
  context.setLineDash(mark.dash.map((length) => length * pixels()));
  context.beginPath();
  context.moveTo(bbox.left, y);
  context.lineTo(bbox.left + bbox.width, y);
  context.stroke();
  context.setLineDash([]);
  context.font = scaled(mark.font);
  context.textBaseline = 'bottom';
  write(context, mark.text, bbox.left + 6 * pixels(), y - 3 * pixels(), mark.colour);
  context.restore();
}

/** The limit, and what was seen before any fault: each with its name on it. */
export function drawLimits(plot: uPlot, { baseline, limit, unit }: Aggregate, font: string): void {
  if (baseline !== undefined)
    drawLevel(plot, baseline, {
      text: `before ${inUnit(baseline, unit)}`,
      colour: ink('--soft'),
      dash: [1, 4],
      font,
    });
  if (limit !== undefined)
    drawLevel(plot, limit, {
      text: `limit ${inUnit(limit, unit)}`,
      colour: ink('--limit'),
      dash: [9, 4],
      font,
    });
}

/** A mark on what is newest: round, square or a triangle, by what the line shows. */
export function drawTip(plot: uPlot, { series, figure }: Aggregate, colour: string): void {
  const [atMs, value] = series.findLast(([, one]) => one !== null) ?? [];
  if (atMs === undefined || value === undefined || value === null) return;
  const { ctx: context } = plot;
  const x = plot.valToPos(atMs / 1_000, 'x', true);
  const y = plot.valToPos(value, 'y', true);
  const size = 5 * pixels();
  context.save();
  context.fillStyle = colour;
  context.strokeStyle = ink('--paper');
  context.lineWidth = 2 * pixels();
  context.beginPath();
  if (figure === 'p95') {
    context.arc(x, y, size, 0, 2 * Math.PI);
  } else if (figure === 'errors') {
    context.rect(x - size, y - size, 2 * size, 2 * size);
  } else {
    context.moveTo(x, y - 1.3 * size);
    context.lineTo(x + 1.2 * size, y + size);
    context.lineTo(x - 1.2 * size, y + size);
    context.closePath();
  }
  context.stroke();
  context.fill();
  context.restore();
}
