import { webApi } from '@slack/bolt';

/** Slack's words for a token that will never do. Source: docs.slack.dev, `auth.test`, errors. */
const REFUSALS = new Set([
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
  'not_allowed_token_type',
]);

/** Slack's word for what is wrong (`not_in_channel`), where it answered at all. */
export function slackErrorOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** Slack's word for why it refuses a token for good; undefined for every other error. */
export function refusal(error: unknown): string | undefined {
  const code = slackErrorOf(error);
  return code !== undefined && REFUSALS.has(code) ? code : undefined;
}

/** The reason at the bottom of an error, in a word or two (`ENOTFOUND`): clients wrap it several times over. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const within = 'original' in error ? error.original : error.cause;
  if (within instanceof Error && within !== error) return reasonOf(within);
  return 'code' in error && typeof error.code === 'string' && !error.code.startsWith('slack_')
    ? error.code
    : error.message;
}
