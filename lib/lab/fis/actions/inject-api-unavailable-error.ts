import { injectApiError } from '../inject-api-error.ts';

/** `aws:fis:inject-api-unavailable-error`: lets calls of AWS APIs that a lab's service plays fail. */
export const injectApiUnavailableError = injectApiError(
  'aws:fis:inject-api-unavailable-error',
  'unavailable',
);
