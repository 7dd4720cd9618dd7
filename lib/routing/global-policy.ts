/** The index of the global policy, which holds wherever neither handler nor path says otherwise. */
export const GLOBAL_POLICY = 0;
