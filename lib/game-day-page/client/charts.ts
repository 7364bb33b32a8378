import './language.ts';
import uPlot from 'uplot';
import type { Aggregate, GameDayView } from '../../game-day/view.ts';
import { inUnit, plotKey } from '../view/figures.ts';
import { timeOfDay } from '../view/times.ts';
import { drawLimits, drawSpans, drawTip, ink } from './marks.ts';

/** How high a chart is; on a projector it is taller, and its style says how much. */
const heightOf = (place: HTMLElement): number => Math.max(140, place.clientHeight);

/** Lines differ in dashes too, by what they show. */
const dashes: Readonly<Record<Aggregate['figure'], readonly number[]>> = {
  p95: [],
  errors: [7, 3],
  value: [2, 3],
};

const colours: Readonly<Record<Aggregate['figure'], string>> = {
  p95: '--p95',
  errors: '--errors',
  value: '--value',
};

interface Chart {
  readonly plot: uPlot;
  readonly place: HTMLElement;
  aggregate: Aggregate;
  view: GameDayView;
  nowMs: number;
}

const dataOf = ({ series }: Aggregate): uPlot.AlignedData => [
  series.map(([atMs]) => atMs / 1_000),
  series.map(([, value]) => value),
];

/** From nothing to a little above whatever is shown, the limit too: how far it is from its limit is what people look for. */
function highest({ series, limit = 0, baseline = 0 }: Aggregate): number {
  const most = series.reduce((high, [, value]) => Math.max(high, value ?? 0), Math.max(limit, baseline));
  return most === 0 ? 1 : most * 1.15;
}

/** What is shown ends now, also where no data has come for a while. */
function extent({ aggregate, nowMs }: Chart): uPlot.Range.MinMax {
  const first = aggregate.series[0]?.[0] ?? nowMs - 60_000;
  return [first / 1_000, Math.max(nowMs, first + 10_000) / 1_000];
}

function draw(place: HTMLElement, aggregate: Aggregate, view: GameDayView): Chart {
  const font = `${getComputedStyle(place).fontSize} system-ui, sans-serif`;
  const size = Number.parseFloat(getComputedStyle(place).fontSize);
  const axis = { stroke: () => ink('--soft'), font, ticks: { show: false } };
  const chart: { current?: Chart } = {};
  const options: uPlot.Options = {
    width: Math.max(200, place.clientWidth),
    height: heightOf(place),
    legend: { show: false },
    cursor: { show: false },
    padding: [size * 1.6, size * 2.5, 0, 0],
    scales: {
      x: { time: true, range: () => (chart.current === undefined ? [0, 1] : extent(chart.current)) },
      y: { range: () => [0, highest(chart.current?.aggregate ?? aggregate)] },
    },
    axes: [
      {
        ...axis,
        size: size * 2.2,
        gap: size * 0.7,
        space: size * 8,
        grid: { show: false },
        values: (_plot, splits) =>
          splits.map((seconds) => timeOfDay(seconds * 1_000, chart.current?.view.timeZone ?? view.timeZone)),
      },
      {
        ...axis,
        size: size * 4.8,
        space: size * 3,
        grid: { stroke: () => ink('--rule'), width: 1 },
        values: (_plot, splits) => splits.map((value) => inUnit(value, aggregate.unit)),
      },
    ],
    series: [
      {},
      {
        stroke: () => ink(colours[aggregate.figure]),
        width: 2.5,
        dash: [...dashes[aggregate.figure]],
        points: { show: false },
        spanGaps: false,
      },
    ],
    hooks: {
      drawClear: [(plot) => chart.current && drawSpans(plot, chart.current.view, chart.current.nowMs, font)],
      draw: [
        (plot) => {
          if (chart.current === undefined) return;
          drawLimits(plot, chart.current.aggregate, font);
          drawTip(plot, chart.current.aggregate, ink(colours[aggregate.figure]));
        },
      ],
    },
  };
  const plot = new uPlot(options, undefined, place);
  const made: Chart = { plot, place, aggregate, view, nowMs: Date.parse(view.asOf) };
  chart.current = made;
  return made;
}

export interface Charts {
  /** Draws what a view says, as of `elapsedMs` after it was true. */
  show(view: GameDayView, elapsedMs: number): void;
}

/** Charts in the places that the page leaves for them. */
export function createCharts(root: Element): Charts {
  const charts = new Map<string, Chart>();
  const redraw = (): void => {
    for (const { plot, place } of charts.values())
      plot.setSize({ width: Math.max(200, place.clientWidth), height: heightOf(place) });
  };
  const sizes = new ResizeObserver(redraw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const { plot } of charts.values()) plot.redraw(false);
  });

  const placeOf = (key: string): HTMLElement | undefined =>
    [...root.querySelectorAll<HTMLElement>('[data-plot]')].find(({ dataset }) => dataset['plot'] === key);

  return {
    show(view, elapsedMs) {
      for (const aggregate of view.aggregates) {
        const key = plotKey(aggregate);
        const place = placeOf(key);
        if (place === undefined) continue;
        let chart = charts.get(key);
        if (chart === undefined || chart.place !== place) {
          chart?.plot.destroy();
          chart = draw(place, aggregate, view);
          charts.set(key, chart);
          sizes.observe(place);
        }
        chart.aggregate = aggregate;
        chart.view = view;
        chart.nowMs = Date.parse(view.asOf) + elapsedMs;
        chart.plot.setData(dataOf(aggregate));
      }
    },
  };
}
