import { defaultStopAfter, type StopAfter } from '../../campaign/stop-after.ts';
import { suggest } from '../../definitions/suggest.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import { type Verdict, verdicts } from '../../experiment/verdict.ts';

const choosable = verdicts.filter((verdict): verdict is Exclude<Verdict, 'held'> => verdict !== 'held');

/**
 * A failure policy from the command line, such as `deviated=3 errored=never`. What it does not name stays as it was.
 *
 * @throws SteadfastError `usage`, for a verdict or a number that there is not
 */
export function readStopAfter(texts: readonly string[], otherwise: StopAfter = defaultStopAfter): StopAfter {
  const policy = { ...otherwise };
  for (const text of texts) {
    const [name = '', many = '', ...more] = text.split('=');
    const verdict = choosable.find((one) => one === name);
    if (verdict === undefined) {
      const meant = suggest(name, choosable);
      throw new SteadfastError('usage', `--stop-after ${text}: '${name}' is no verdict to stop after`, {
        hint: meant === undefined ? `there are: ${choosable.join(', ')}` : `did you mean '${meant}'?`,
      });
    }
    if (more.length > 0 || !/^([1-9]\d{0,4}|never)$/.test(many)) {
      throw new SteadfastError('usage', `--stop-after ${text}: '${many}' is no number of runs`, {
        hint: `write ${verdict}=3 to stop after the third, or ${verdict}=never`,
      });
    }
    if (many === 'never') delete policy[verdict];
    else policy[verdict] = Number(many);
  }
  return policy;
}

/** A policy in words: `1 errored, 1 unrecovered`. */
export function stopAfterText(policy: StopAfter): string {
  const parts = choosable.flatMap((verdict) =>
    policy[verdict] === undefined ? [] : [`${policy[verdict]} ${verdict}`],
  );
  return parts.length === 0 ? 'no verdict' : parts.join(' or ');
}
