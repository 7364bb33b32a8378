import { admission } from './admission.ts';
import { constructs } from './constructs.ts';
import { errors } from './errors.ts';
import { exitCodeArea } from './exit-codes.ts';
import type { Area, Explanation } from './explanation.ts';
import { files } from './files.ts';
import { judgingFindings } from './findings-of-judging.ts';
import { runningFindings } from './findings-of-running.ts';
import { fisImports, imports } from './imports.ts';
import { chaosMeshImports } from './imports-of-chaos-mesh.ts';
import { lenience } from './lenience.ts';
import { rejectedArea, rejectionArea, verdictArea } from './outcomes.ts';
import { campaigns, evidence, gameDays } from './people.ts';
import { planningFaults } from './planning-faults.ts';
import { planningPlaces } from './planning-places.ts';
import { reading } from './reading.ts';
import { templates } from './templates.ts';

/** Every code that Steadfast tells, by where it is met: first how things ended, then what was found, then what is wrong with what. */
export const areas: readonly Area[] = [
  verdictArea,
  exitCodeArea,
  rejectionArea,
  rejectedArea,
  errors,
  admission,
  runningFindings,
  judgingFindings,
  reading,
  planningFaults,
  planningPlaces,
  lenience,
  constructs,
  templates,
  files,
  imports,
  fisImports,
  chaosMeshImports,
  gameDays,
  evidence,
  campaigns,
];

/** One meaning of a code: the same word may be told in several places. */
export interface Sense extends Explanation {
  readonly code: string;
  readonly area: Pick<Area, 'id' | 'title' | 'where'>;
  readonly docs: string;
}

/** Every meaning of every code, in the order of the areas. */
export const senses: readonly Sense[] = areas.flatMap(({ codes, docs, ...area }) =>
  Object.entries(codes).map(([code, explanation]) => ({ docs, ...explanation, code, area })),
);

/** Every code once. */
export const explainedCodes: readonly string[] = [...new Set(senses.map(({ code }) => code))];

/** What a code means, as it is told: `no-bite`, `Steadfast.permission` as a state machine shows it, or an exit code. */
export function sensesOf(asked: string): readonly Sense[] {
  const isStep = /^steadfast\./i.test(asked);
  const code = asked.replace(/^(?:steadfast\.|exit[- ])/i, '').toLowerCase();
  return senses.filter((sense) => sense.code === code && (!isStep || sense.area.id === 'errors'));
}
