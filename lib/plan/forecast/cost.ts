import { defaults } from '../../experiment/defaults.ts';
import { type Amounts, isPriceName, type PriceName, type PriceOverrides, prices, usdOf } from '../prices.ts';
import { experimentOf, type RunnerInput } from '../runner-input.ts';
import { actionMinutesOf } from './action-minutes.ts';
import { runAmountsOf } from './run-amounts.ts';
import { type StandingFacts, standingAmountsOf } from './standing-amounts.ts';

/** What one thing costs. */
interface CostLine {
  /** What is counted, such as `state transition`. */
  readonly what: string;
  /** Its name among the prices, by which it is overridden. */
  readonly price: PriceName;
  readonly amount: number;
  readonly usd: number;
  /** The price of `per` of them. */
  readonly unitUsd: number;
  readonly per: number;
  readonly source: string;
  /** When the list price was last compared with what AWS publishes; absent where it is overridden. */
  readonly asOf?: string;
}

/** What a run costs, and what its environment costs while nothing runs. All in USD. */
export interface Cost {
  /** What FIS charges, stage by stage. */
  readonly fis: readonly CostLine[];
  /** Steadfast's own services, the dearest first. */
  readonly own: readonly CostLine[];
  readonly runUsd: number;
  readonly standing: readonly CostLine[];
  readonly monthUsd: number;
  /** What these numbers do not say. */
  readonly notes: readonly string[];
}

const overriddenSource = 'given on the command line';

function lineOf(name: PriceName, amount: number, overrides: PriceOverrides, what?: string): CostLine {
  const { unit, per, usd, source, asOf } = prices[name];
  const own = overrides[name];
  return {
    what: what ?? unit,
    price: name,
    amount,
    usd: usdOf(name, amount, overrides),
    unitUsd: own ?? usd,
    per,
    ...(own === undefined ? { source, asOf } : { source: overriddenSource }),
  };
}

const linesOf = (amounts: Amounts, overrides: PriceOverrides): CostLine[] =>
  Object.keys(amounts)
    .filter(isPriceName)
    .map((name) => lineOf(name, amounts[name] ?? 0, overrides))
    .filter(({ amount }) => amount > 0)
    .toSorted((one, other) => other.usd - one.usd);

const sumOf = (lines: readonly CostLine[]) => lines.reduce((sum, { usd }) => sum + usd, 0);

/** What a run costs that goes through all its stages, and what there is to pay all the time. */
export function costOf(
  input: RunnerInput,
  options: {
    readonly standing: StandingFacts;
    readonly overrides?: PriceOverrides;
    /** How often the environment lets probes ask together, which tells how large its functions are. */
    readonly probesPerSecond?: number;
  },
): Cost {
  const { overrides = {}, probesPerSecond = defaults.probesPerSecond } = options;
  const minutes = actionMinutesOf(input);
  const fis = minutes.map(({ stage, name, minutes: amount }) => {
    const label = input.stages[stage]?.label ?? '';
    return lineOf('fisActionMinute', amount, overrides, `stage ${stage + 1} (${label}): ${name}`);
  });
  const own = linesOf(runAmountsOf(input, probesPerSecond), overrides);
  const standing = linesOf(standingAmountsOf(options.standing), overrides);
  return {
    fis,
    own,
    runUsd: sumOf(fis) + sumOf(own),
    standing,
    monthUsd: sumOf(standing),
    notes: notesOf(input, minutes),
  };
}

function notesOf(input: RunnerInput, minutes: ReturnType<typeof actionMinutesOf>): string[] {
  const notes = [
    'list prices, on demand, without free tier and discounts; what the system under test costs more meanwhile is not counted',
    'a run that is ended early or not admitted costs less: FIS charges for what has run',
  ];
  if (minutes.some(({ price }) => price === 'not told'))
    notes.push("FIS's price list does not say whether waits are charged: they are counted here");
  if (input.environment.region?.startsWith('us-gov-') === true)
    notes.push('FIS is dearer in GovCloud (0.12 USD an action-minute): override fisActionMinute');
  if (experimentOf(input).traffic !== undefined)
    notes.push('what makes traffic is paid for by itself, and not counted');
  if (input.approval !== undefined)
    notes.push('waiting for the approval costs two state transitions a look, which are not counted');
  return notes;
}
