import type { Area } from './explanation.ts';

/** Why a steady state could not notice the fault that it faces. */
export const lenience: Area = {
  id: 'lenience',
  title: 'Notes: a steady state that would not notice',
  where: 'As `code` of a note of steadfast check. The definition is accepted all the same.',
  docs: 'explanation/failure-cases.md',
  codes: {
    'blind-to-minority': {
      means: 'A fault touches a part of the requests only, and no tolerance shows a part.',
      why: 'A median stays well while one request in ten fails.',
      mend: 'Add p95 or errorRate to the tolerances.',
      example: "tolerances: { p95: { below: '250ms' }, errorRate: { below: '1%' } }",
    },
    'no-freshness': {
      means: 'A fault hits where data lies, and no probe asks how old an answer is.',
      why: 'A cache could hide the fault behind old data.',
      mend: 'Add a probe with ageOf or growthOf and a tolerance on age.',
      example: "http: { service: 'shop', path: '/products', ageOf: '$.readAt' }",
    },
    'no-latency-bound': {
      means: 'Nothing but the time-out of a probe says how long an answer may take.',
      why: 'Answers may then take as long as that: whoever waits is not noticed.',
      mend: 'Add a percentile that users would notice.',
      example: "tolerances: { p95: { below: '250ms' } }",
    },
    'patient-tolerance': {
      means: 'A tolerance is missed only after longer than any stage lasts.',
      why: 'It could not be missed, whatever happens.',
      mend: 'Make a stage longer, or missedFor shorter.',
      example: "age: { below: '5s', missedFor: '5s' }",
    },
    'unrelated-probes': {
      means: 'No probe asks anything that depends on what fails.',
      why: 'It would hold, and show nothing.',
      mend: 'Add a probe of a service that depends on it, or say what the asked one uses.',
      example: "shop: { uses: ['database'] }",
    },
    'wide-error-rate': {
      means: 'More errors are allowed than the fault can make.',
      why: 'It could not be missed.',
      mend: 'Lower the tolerance, or take a larger share.',
      example: "errorRate: { below: '1%' }",
    },
    'wide-latency': {
      means: 'A request that waits out the delay of the fault is still well within the tolerance.',
      why: 'It could not be missed.',
      mend: 'Lower the tolerance, or lengthen the delay.',
      example: "p95: { below: '250ms' }",
    },
  },
};
