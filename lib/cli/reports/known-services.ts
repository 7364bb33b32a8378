import type { Project } from '../../definitions/project.ts';
import { SteadfastError } from '../../experiment/steadfast-error.ts';
import type { ServiceToTest } from '../../report/resilience.ts';
import { servicesToTest } from '../resilience/services-to-test.ts';

/** What the project knows of its services, in an environment or in its labs; undefined where it describes none: a report says so. */
export function knownServices(
  project: Project,
  environment: string | undefined,
): readonly ServiceToTest[] | undefined {
  try {
    return servicesToTest(project, environment);
  } catch (cause) {
    if (cause instanceof SteadfastError && (cause.code === 'unknown-id' || cause.code === 'invalid'))
      return undefined;
    throw cause;
  }
}
