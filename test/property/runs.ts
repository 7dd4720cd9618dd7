/** How many inputs a property is tried with. `CORS_FUZZ_RUNS=1000000` for a long run. */
export function runs(usual: number): number {
  return Number(process.env['CORS_FUZZ_RUNS'] ?? usual);
}
