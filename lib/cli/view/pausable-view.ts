import type { ProgressEvent } from '../../run/progress.ts';
import { createView } from './view.ts';
import type { View, ViewOptions } from './view-options.ts';

/** A view that leaves the terminal to something else for a while. */
export interface PausableView extends View {
  pause(): void;
  resume(): void;
}

/** As many windows as a view may show, of several probes; notes and phases are few. */
const keptWindows = 1_000;

/** Shows a run; after a pause it is drawn anew from all that was told, also meanwhile. */
export function createPausableView(options: ViewOptions): PausableView {
  let told: ProgressEvent[] = [];
  let view: View | undefined = createView(options);
  let isClosed = false;
  return {
    progress: {
      tell: (event) => {
        told.push(event);
        if (told.length > 2 * keptWindows) {
          const windows = told.filter(({ kind }) => kind === 'window').slice(-keptWindows);
          const kept = new Set(windows);
          told = told.filter((one) => one.kind !== 'window' || kept.has(one));
        }
        view?.progress.tell(event);
      },
    },
    pause: () => {
      view?.close();
      view = undefined;
    },
    resume: () => {
      if (view !== undefined || isClosed) return;
      view = createView(options);
      for (const event of told) view.progress.tell(event);
    },
    close: () => {
      isClosed = true;
      view?.close();
      view = undefined;
    },
  };
}
