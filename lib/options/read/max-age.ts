/**
 * Of `maxAge` and of the environment variable `CORS_MAX_AGE`, in seconds. They are checked apart: one
 * is a number, the other one text, and `nestjs-cors/class-validator` does not load the checks of options.
 */
export const MAX_AGE = {
  min: 0,
  /** Firefox's cap, the highest: one day. */
  max: 86_400,
  /** Safari's cap, the lowest: a longer time would hold in some browsers only. */
  default: 600,
  /** Of a value that is not an integer, and of one outside the bounds. */
  reasons: { notInteger: 'max-age-not-integer', outOfRange: 'max-age-out-of-range' },
} as const;
