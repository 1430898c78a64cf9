/**
 * What a GitHub user name can be. Those of today have letters, digits and single hyphens, neither first nor last; but
 * there are old accounts such as `octo--cat` and `octocat-`, and those of managed users end in an underscore and a short
 * code, as in `octo_acme`. Whether one exists GitHub decides.
 * Source: docs.github.com, "Username considerations for external authentication".
 */
const LOGIN = /^[a-z\d][a-z\d_-]{0,38}$/i;

/** Straight, curly and pointed quotes, around the whole. */
const QUOTED = /^["“”„‟«»'‘’‚‛`]([\s\S]*)["“”„‟«»'‘’‚‛`]$/;

/** Slack's own form of a link or a mention, `<target>` or `<target|label>`. */
const SLACK_LINK = /^<([^<>|]+)(\|[^<>]*)?>$/;
const SLACK_USER = /^@[UW][A-Z\d]{5,}$/;
const GITHUB_ADDRESS = /^(?:https?:\/\/)?(?:www\.)?github\.com\/([^/?#]+)\/?(?:[?#].*)?$/i;

/**
 * Reads a GitHub ID as people paste it: `octocat`, `@octocat`, `github.com/octocat`, a full address, each of them also
 * in quotes or inside Slack's `<…|…>`.
 * @param typed the text as Slack sent it, its entities not yet decoded (so that a typed `<` is not taken for a link)
 * @returns the login in lower case, or undefined when it cannot be one
 */
export function parseLogin(typed: string): string | undefined {
  const address = unwrapSlackLink(unquoted(typed.trim()));
  const name = GITHUB_ADDRESS.exec(address)?.[1] ?? address.replace(/^@/, '');
  return LOGIN.test(name) ? name.toLowerCase() : undefined;
}

/** Whether a string that another program may have written is a login, in any case. */
export function isLogin(text: string): boolean {
  return LOGIN.test(text);
}

function unquoted(text: string): string {
  return QUOTED.exec(text)?.[1]?.trim() ?? text;
}

function unwrapSlackLink(text: string): string {
  const link = SLACK_LINK.exec(text);
  const target = link?.[1];
  if (target === undefined) return text;
  const label = link?.[2]?.slice(1);
  // Slack turns "@octocat" into a mention when a member has that handle; the label is what was typed.
  if (SLACK_USER.test(target)) return label ?? '';
  return label !== undefined || GITHUB_ADDRESS.test(target) ? target : text;
}
