/** The line of a contract that holds its `info.version`; what stands before the version is the first group. */
export const infoVersion = /^(info:\n(?: .*\n)*? {2}version: ).*$/m;
