import { loadContract } from '../document/load.ts';
import { UsageError } from '../errors.ts';
import { contractFile } from '../repository/paths.ts';
import { exitCodeOf, formatReport } from '../verify/report.ts';
import { checkedBaseUrl, checkedSession, credentialsFrom, type Environment, type Target } from '../verify/target.ts';
import { verify } from '../verify/verify.ts';

export interface VerifyOptions {
  readonly url?: string | undefined;
  readonly session?: string | undefined;
  readonly sessionToken?: string | undefined;
  readonly write?: boolean | undefined;
  /** Seconds. */
  readonly timeout: string;
  readonly json?: boolean | undefined;
}

/** `pnpm contract verify`. Exit code 1 means deviations, 2 a run that is not complete. */
export async function verifyServer(options: VerifyOptions, environment: Environment) {
  const target = targetOf(options, environment);
  const report = await verify(await loadContract(contractFile), target);
  const output = options.json ? JSON.stringify(report, null, 2) : formatReport(report);
  return { output, errors: report.failures.join('\n'), exitCode: exitCodeOf(report) };
}

function targetOf(options: VerifyOptions, environment: Environment): Target {
  const { url, session, sessionToken: token, write = false, timeout } = options;
  if (url === undefined) throw new UsageError('--url is missing. Give the base URL of the server to verify.');
  if (token !== undefined && session === undefined) {
    throw new UsageError('--session-token is given without --session. Give both.');
  }
  const seconds = Number(timeout);
  if (!(seconds > 0 && seconds <= 600)) throw new UsageError('--timeout must be seconds, above 0 and up to 600.');
  return {
    baseUrl: checkedBaseUrl(url),
    credentials: credentialsFrom(environment),
    write,
    timeoutMs: Math.ceil(seconds * 1_000),
    ...(session !== undefined && { session: checkedSession(session, token) }),
  };
}
