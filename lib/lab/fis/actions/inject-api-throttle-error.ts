import { injectApiError } from '../inject-api-error.ts';

/** `aws:fis:inject-api-throttle-error`: lets calls of AWS APIs that a lab's service plays fail. */
export const injectApiThrottleError = injectApiError('aws:fis:inject-api-throttle-error', 'throttle');
