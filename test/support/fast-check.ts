import * as fc from 'fast-check';

// The run that decides whether a change lands repeats exactly; the nightly run draws anew, with
// `CORS_SEED=$RANDOM`. A seed that failed is in the message of the failure.
fc.configureGlobal({ seed: Number(process.env['CORS_SEED'] ?? 20_261_121) });

export { fc };
