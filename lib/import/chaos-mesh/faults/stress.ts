import { has, pathOf, textAt } from '../injection.ts';
import type { Native, NotNative, Wish } from './native.ts';

/** The CPU or the memory alone is FIS's own; both at once, other stressors and amounts in bytes are not. */
export function stressAction(wish: Wish): Native | NotNative {
  const { injection } = wish;
  const [cpu, memory] = [has(injection, 'stressors', 'cpu'), has(injection, 'stressors', 'memory')];
  if (has(injection, 'stressngStressors')) return { why: "FIS knows no words of 'stress-ng'" };
  if (cpu && memory)
    return {
      why: 'FIS draws the pods of each action anew, so CPU and memory would not be taken on the same',
    };
  return cpu ? cpuAction(wish) : memoryAction(wish);
}

function cpuAction({ injection }: Wish): Native | NotNative {
  const workers = wholeNumber(textAt(injection, 'stressors', 'cpu', 'workers'), 8_192);
  const load = wholeNumber(textAt(injection, 'stressors', 'cpu', 'load') ?? '100', 100);
  if (has(injection, 'stressors', 'cpu', 'options')) return { why: "FIS takes no options of 'stress-ng'" };
  if (workers === undefined || workers === 0) return { why: 'it does not say how many workers load the CPU' };
  if (load === undefined) return { why: 'its load is no whole percentage, which FIS asks for' };
  return {
    action: 'aws:eks:pod-cpu-stress',
    parameters: { load: `${load}%`, workers },
    say(to) {
      injection.account.mapped(pathOf(injection, 'stressors', 'cpu', 'load'), to('load'));
      injection.account.mapped(pathOf(injection, 'stressors', 'cpu', 'workers'), to('workers'));
    },
  };
}

function memoryAction({ injection }: Wish): Native | NotNative {
  const at = ['stressors', 'memory'] as const;
  const [, size] = /^(\d{1,3})%$/.exec(textAt(injection, ...at, 'size') ?? '') ?? [];
  const share = wholeNumber(size, 100);
  if (has(injection, ...at, 'options') || has(injection, ...at, 'oomScoreAdj'))
    return { why: "FIS takes neither options of 'stress-ng' nor a score for running out of memory" };
  if (share === undefined)
    return { why: 'FIS takes a whole percentage of the memory, never a number of bytes' };
  if (textAt(injection, ...at, 'workers') !== '1')
    return { why: 'its size is that of each worker, and FIS takes that of all of them' };
  return {
    action: 'aws:eks:pod-memory-stress',
    parameters: { memory: `${share}%`, workers: 1 },
    say(to) {
      injection.account.approximated(
        pathOf(injection, ...at, 'size'),
        to('memory'),
        'Chaos Mesh takes a share of the memory that the container may have, FIS one of its virtual memory',
      );
      injection.account.mapped(pathOf(injection, ...at, 'workers'), to('workers'));
    },
  };
}

/** A whole number from 0 on. */
function wholeNumber(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  return Number(text) <= most ? Number(text) : undefined;
}
