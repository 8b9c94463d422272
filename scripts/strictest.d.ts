export declare const STRICTEST: Readonly<Record<string, unknown>>;
