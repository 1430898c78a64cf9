import { COMMAND, FIELD_VALUE, FIELDS, VIEWS } from '../../../src/slack/ids.ts';
import { signature } from '../workspace/http.ts';

/** The signing secret of every server under load. */
export const SECRET = '0123456789abcdef0123456789abcdef';

export const CHANNELS = { admin: 'C0ADMIN001', announce: 'C0HOME0001', random: 'C0RANDOM01' } as const;

/** Who asks, and where. */
export interface By {
  readonly user: string;
  readonly channel: string;
  readonly responseUrl: string;
}

/** The form of a slash command, as long as Slack's own. */
export function commandForm(by: By, text: string): Readonly<Record<string, string>> {
  return {
    token: 'gIkuvaNzQIHg97ATvDxqgjtO',
    team_id: 'T012AB3C4',
    team_domain: 'a-community-of-developers',
    channel_id: by.channel,
    channel_name: 'random',
    user_id: by.user,
    user_name: `name-of-${by.user.toLowerCase()}`,
    command: COMMAND,
    text,
    api_app_id: 'A012ABCD0A0',
    is_enterprise_install: 'false',
    response_url: by.responseUrl,
    trigger_id: '3012345678901.2012345678.0123456789abcdef0123456789abcdef',
  };
}

/** The payload of the dialog that asks for a GitHub ID, submitted. */
export function submission(by: By, draw: string, login: string): Readonly<Record<string, unknown>> {
  const { user } = by;
  return {
    type: 'view_submission',
    team: { id: 'T012AB3C4', domain: 'a-community-of-developers' },
    user: { id: user, username: `name-of-${user.toLowerCase()}`, name: user.toLowerCase(), team_id: 'T012AB3C4' },
    api_app_id: 'A012ABCD0A0',
    token: 'gIkuvaNzQIHg97ATvDxqgjtO',
    trigger_id: '3012345678901.2012345678.0123456789abcdef0123456789abcdef',
    view: {
      id: 'V0123456789',
      team_id: 'T012AB3C4',
      type: 'modal',
      blocks: [
        {
          type: 'input',
          block_id: FIELDS.githubId,
          label: { type: 'plain_text', text: 'Your GitHub ID', emoji: true },
          optional: false,
          dispatch_action: false,
          element: { type: 'plain_text_input', action_id: FIELD_VALUE, dispatch_action_config: {} },
        },
      ],
      private_metadata: draw,
      callback_id: VIEWS.enter,
      state: { values: { [FIELDS.githubId]: { [FIELD_VALUE]: { type: 'plain_text_input', value: login } } } },
      hash: '1700000000.0123abcd',
      title: { type: 'plain_text', text: 'Enter the draw', emoji: true },
      clear_on_close: false,
      notify_on_close: false,
      close: { type: 'plain_text', text: 'Cancel', emoji: true },
      submit: { type: 'plain_text', text: 'Enter', emoji: true },
      previous_view_id: null,
      root_view_id: 'V0123456789',
      app_id: 'A012ABCD0A0',
      external_id: '',
      app_installed_team_id: 'T012AB3C4',
      bot_id: 'B0123456789',
    },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null,
  };
}

/** A signed request of Slack's as bytes, ready to be sent within five minutes. */
export function signedRequest(form: Readonly<Record<string, string>>): Buffer {
  const body = new URLSearchParams(form).toString();
  const timestamp = Math.floor(Date.now() / 1000);
  const head = [
    'POST /slack/events HTTP/1.1',
    'Host: 127.0.0.1',
    'User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)',
    'Accept-Encoding: gzip,deflate',
    'Accept: application/json,*/*',
    `X-Slack-Signature: ${signature(SECRET, body, timestamp)}`,
    `X-Slack-Request-Timestamp: ${timestamp}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Type: application/x-www-form-urlencoded',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The same for what Slack sends as JSON in a form: buttons and dialogs. */
export function signedInteraction(payload: Readonly<Record<string, unknown>>): Buffer {
  return signedRequest({ payload: JSON.stringify(payload) });
}
