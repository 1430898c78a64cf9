import { z } from 'zod';

// --- Texts. Source: https://docs.slack.dev/reference/block-kit/composition-objects/text-object

export const string = (max: number) => z.string().min(1).max(max);

export const plain = (max = 3000) =>
  z.strictObject({ type: z.literal('plain_text'), text: string(max), emoji: z.boolean().optional() });

export const mrkdwn = (max = 3000) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: string(max), verbatim: z.boolean().optional() });

export const text = (max = 3000) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);

export const webAddress = (max = 3000) => z.string().max(max).refine(isWebAddress, 'is no http(s) address');

function isWebAddress(address: string): boolean {
  return /^https?:\/\//.test(address) && URL.canParse(address);
}

// --- Confirmation. Source: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object

const style = z.enum(['primary', 'danger']).optional();

const confirm = z.strictObject({ title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30), style });

// --- Options. Source: https://docs.slack.dev/reference/block-kit/composition-objects/option-object (the 150 for
// `value` is newer than the 75 in @slack/types; see slackapi/python-slack-sdk#1655) and .../option-group-object

const option = z.strictObject({ text: plain(75), value: string(150), description: plain(75).optional() });
const options = z.array(option).min(1).max(100);
const optionGroup = z.strictObject({ label: plain(75), options });

// --- Elements. Source: https://docs.slack.dev/reference/block-kit/block-elements, a page for each: button-element,
// select-menu-element, plain-text-input-element, image-element

export const id = string(255).optional();
const actionable = { action_id: id, confirm: confirm.optional(), focus_on_load: z.boolean().optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  confirm: confirm.optional(),
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: webAddress().optional(),
  style,
  accessibility_label: string(75).optional(),
});

export const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  ...actionable,
  placeholder: plain(150).optional(),
  options: options.optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
  initial_option: option.optional(),
});

// Also .../composition-objects/conversation-filter-object: at least one of its three, `include` not empty.
const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.values(filter).some((value) => value !== undefined), 'filters nothing');

export const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...actionable,
  placeholder: plain(150).optional(),
  initial_conversation: z
    .string()
    .regex(/^[CDG][A-Z0-9]+$/, 'is no ID of a conversation')
    .optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: conversationFilter.optional(),
});

export const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: id,
  focus_on_load: z.boolean().optional(),
  placeholder: plain(150).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
  initial_value: z.string().max(3000).optional(),
  dispatch_action_config: z
    .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
    .optional(),
});

// Slack also takes `slack_file` for `image_url`; that needs scopes which the bot does not ask for. The 2000 for
// `alt_text` is documented for the block.
export const picture = { type: z.literal('image'), image_url: webAddress(), alt_text: string(2000) };

export const image = z.strictObject(picture);
