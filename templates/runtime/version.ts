/**
 * The version of refundgen that this runtime is of. Clients that import the runtime of an installed package name the
 * version that they were generated for: with another one they do not compile, and do not start.
 */
export const RUNTIME_VERSION = '0.1.0';
