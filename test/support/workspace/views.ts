import { z } from 'zod';
import type { Call } from './proxy.ts';

const block = z.looseObject({ type: z.string(), block_id: z.string().optional() });

const shownView = z.looseObject({
  id: z.string(),
  hash: z.string().optional(),
  callback_id: z.string().optional(),
  private_metadata: z.string().optional(),
  root_view_id: z.string().optional(),
  blocks: z.array(block),
});

const opened = z.looseObject({ ok: z.literal(true), view: shownView });

/** A dialog as Slack describes it, with every field it was opened with. */
export type View = z.infer<typeof shownView>;

/** A dialog somebody has on the screen. */
export interface OpenView {
  /** The ID of the person who sees it; undefined where its trigger is not one of ours. */
  readonly user: string | undefined;
  readonly view: View;
}

export interface Views {
  /** Takes note of a call that may have opened or changed a dialog. */
  take(call: Call, userOf: (trigger: string) => string | undefined): void;
  /** Puts other content into a dialog, as the answer to its submission does. */
  change(id: string, content: Readonly<Record<string, unknown>>): void;
  /** Takes a dialog off the screen. */
  shut(id: string): void;
  /** The dialogs on the screen, in the order they were opened, each as it looks now. */
  open(): OpenView[];
}

/**
 * Keeps the dialogs that people have on the screen.
 * @param changed told after each change
 */
export function views(changed: () => void = () => {}): Views {
  const shown = new Map<string, OpenView>();
  return {
    take(call, userOf) {
      if (!/\/api\/views\.(?:open|push|update)$/.test(call.path)) return;
      const answer = opened.safeParse(call.answer);
      if (!answer.success) return;
      const { view } = answer.data;
      const before = shown.get(view.id);
      if (call.path.endsWith('update') && !before) return;
      const trigger = String(call.body['trigger_id'] ?? '');
      shown.set(view.id, { user: before?.user ?? userOf(trigger), view });
      changed();
    },
    change(id, content) {
      const before = shown.get(id);
      if (!before) return;
      const hash = `${Date.now()}.changed`;
      shown.set(id, { ...before, view: shownView.parse({ ...kept(before.view), ...content, id, hash }) });
      changed();
    },
    shut: (id) => {
      if (shown.delete(id)) changed();
    },
    open: () => [...shown.values()],
  };
}

/** What a dialog keeps when its content is replaced: who it is, not what it says or remembers. */
function kept({ team_id, app_id, bot_id, root_view_id, previous_view_id, type }: Record<string, unknown>) {
  return { team_id, app_id, bot_id, root_view_id, previous_view_id, type, private_metadata: '', callback_id: '' };
}
