import manifest from '@didit-data/openapi/package.json' with { type: 'json' };

/** Version of the contract that this mock was built for, for example `0.1.0`. */
export const contractVersion: string = manifest.version;
