import { injectApiError } from '../inject-api-error.ts';

/** `aws:fis:inject-api-internal-error`: lets calls of AWS APIs that a lab's service plays fail. */
export const injectApiInternalError = injectApiError('aws:fis:inject-api-internal-error', 'internal');
