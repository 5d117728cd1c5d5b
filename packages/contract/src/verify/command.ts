import { parseArgs } from 'node:util';
import { loadOpenApi } from '../document/load-openapi.ts';
import { contractFile } from '../repository/paths.ts';
import { exitCodeOf, formatReport } from './report.ts';
import { checkedBaseUrl, checkedSession, credentialsFrom, type Target } from './target.ts';
import { verify } from './verify.ts';
import { VerifyError } from './verify-error.ts';

const verifyUsage = `Usage: pnpm contract verify --url URL [options]

  --url URL              base URL of the server: https, or http on this machine
  --session ID           a session to ask for; without it only refusals are seen
  --session-token TOKEN  its token, to ask for its status
  --write                leave to create a session
  --timeout SECONDS      time limit of each request (30)
  --json                 print the report as JSON

Credentials come from DIDIT_CLIENT_ID and DIDIT_CLIENT_SECRET, or DIDIT_API_KEY.
Exit code: 0 nothing found, 1 deviations, 2 wrong usage or a run that is not complete.
`;

/** What a command has to say, and how it ends. */
interface CommandResult {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number;
}

/** `pnpm contract verify`. Never throws for what the caller can mend: it says what. */
export async function runVerify(args: readonly string[], environment: Environment): Promise<CommandResult> {
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true });
    if (values.help) return { output: verifyUsage, errors: '', exitCode: 0 };
    const target = targetOf(values, environment);
    const report = await verify(await loadOpenApi(contractFile), target);
    const output = values.json ? JSON.stringify(report, undefined, 2) : formatReport(report);
    return { output, errors: report.failures.map((line) => `${line}.`).join('\n'), exitCode: exitCodeOf(report) };
  } catch (error) {
    if (error instanceof VerifyError) return { output: '', errors: `${error.message}.`, exitCode: 2 };
    if (isUsage(error)) return { output: '', errors: verifyUsage, exitCode: 2 };
    throw error;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

const options = {
  url: { type: 'string' },
  session: { type: 'string' },
  'session-token': { type: 'string' },
  write: { type: 'boolean', default: false },
  timeout: { type: 'string', default: '30' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

function targetOf(values: Values, environment: Environment): Target {
  const { url, session, 'session-token': token, write = false, timeout } = values;
  if (url === undefined) throw new VerifyError('--url is missing. Give the base URL of the server to verify');
  if (token !== undefined && session === undefined) {
    throw new VerifyError('--session-token is given without --session. Give both');
  }
  const seconds = Number(timeout);
  if (!(seconds > 0 && seconds <= 600)) throw new VerifyError('--timeout must be seconds, above 0 and up to 600');
  return {
    baseUrl: checkedBaseUrl(url),
    credentials: credentialsFrom(environment),
    write,
    timeoutMs: Math.ceil(seconds * 1000),
    ...(session !== undefined && { session: checkedSession(session, token) }),
  };
}

/** An unknown option, or one without its value. Its message may quote a secret that stands in the wrong place. */
function isUsage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
