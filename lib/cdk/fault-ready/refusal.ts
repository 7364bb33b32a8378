import type { IConstruct } from 'constructs';
import { SteadfastError } from '../../experiment/steadfast-error.ts';

/** Why a construct cannot be prepared for faults, and how to mend it. */
export const refusal = (construct: IConstruct, message: string, hint: string): SteadfastError =>
  new SteadfastError('invalid', `${construct.node.path}: ${message}`, { hint });
