import type { Lab } from '../experiment/lab.ts';
import type { LabService } from '../experiment/lab-service.ts';

const named = (service: LabService): readonly string[] => {
  if ('command' in service) return service.zones ?? [];
  return 'postgres' in service && service.zone !== undefined ? [service.zone] : [];
};

const comeLater = (service: LabService): readonly string[] =>
  'postgres' in service && service.failsOverTo !== undefined ? [service.failsOverTo] : [];

/** The zones that a lab's service is in; its network is in all that any service names. */
export const zonesOf = (service: LabService, lab: Lab): readonly string[] =>
  'network' in service
    ? [...new Set(Object.values(lab.services).flatMap((one) => [...named(one), ...comeLater(one)]))]
    : named(service);
