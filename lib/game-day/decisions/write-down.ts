import { iso } from '../../run/iso.ts';
import { type Decision, needOpen, refusal } from './asking.ts';

/** A person's clock may be ahead of ours by as much; what they date is dated now then. */
const clockSkewMs = 120_000;

export const note: Decision<'note'> = ({ state, person, nowMs }, { text, at }) => {
  const atMs = at === undefined ? nowMs : Date.parse(at);
  if (atMs > nowMs + clockSkewMs)
    throw refusal('invalid', `${at} has not come yet: it is ${iso(nowMs)}`, 'say when it happened');
  if (atMs < state.beganAtMs)
    throw refusal(
      'invalid',
      `${at} was before this game day began, at ${iso(state.beganAtMs)}`,
      'say when it happened',
    );
  return [{ kind: 'note', at: iso(Math.min(atMs, nowMs)), by: person, text }];
};

export const observe: Decision<'observe'> = (
  asking,
  { stage: number, prediction: name, outcome, note: text },
) => {
  needOpen(asking);
  const { input, state, person, nowMs, entries } = asking;
  const stage = input.stages.find((one) => one.number === number);
  const prediction =
    stage !== undefined && Object.hasOwn(stage.predictions, name) ? stage.predictions[name] : undefined;
  if (stage === undefined || prediction === undefined)
    throw refusal('invalid', `stage ${number} has no prediction '${name}'`);
  if (prediction.shownBy !== undefined)
    throw refusal('invalid', `the tolerance ${prediction.shownBy} shows whether '${name}' came true`);
  if (!state.stages.some((one) => one.number === number && one.attempts.length > 0))
    throw refusal('invalid', `stage ${number} has not run yet`);
  const last = entries.findLast(
    (entry) => entry.kind === 'observed' && entry.stage === number && entry.prediction === name,
  );
  if (last?.kind === 'observed' && last.outcome === outcome && last.note === text) return [];
  return [
    {
      kind: 'observed',
      at: iso(nowMs),
      by: person,
      stage: number,
      prediction: name,
      outcome,
      ...(text === undefined ? {} : { note: text }),
    },
  ];
};
