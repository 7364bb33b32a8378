import type { S3Client } from '@aws-sdk/client-s3';
import type { RunStore } from '../../run/ports.ts';
import { createS3RunNotes } from '../s3-run-notes.ts';
import { absentRecord } from './absent-ports.ts';

/** A run's store for steps that write down what they do, and read no more than what probes saw. */
export function createNotesStore(options: { readonly s3: S3Client; readonly bucket: string }): RunStore {
  const notes = createS3RunNotes(options);
  return {
    ...absentRecord,
    saveInput: notes.saveInput,
    loadInput: notes.loadInput,
    record: notes.record,
    saveObservations: notes.saveObservations,
    observations: notes.observations,
  };
}
