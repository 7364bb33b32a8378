import type { AwsApi } from '../../experiment/lab-place.ts';
import type { LabService } from '../../experiment/lab-service.ts';
import { apisOf } from '../../plan/lab-resource-types.ts';

/** The APIs whose calls FIS has faults for; of the others it only cuts the way. */
const called: ReadonlySet<AwsApi> = new Set(['lambda', 'ec2', 'kinesis']);

/** Whether what is sent to a service passes a point for calls. */
export const passesCallPoint = (service: LabService): boolean =>
  apisOf(service).some((api) => called.has(api));
