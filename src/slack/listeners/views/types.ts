import type { ModalView } from '@slack/types';
import type { Services } from '../../services.ts';

/** A submitted dialog. */
export interface ViewRequest {
  readonly member: string;
  /** What was filled in, by block ID. */
  readonly values: Readonly<Record<string, string>>;
  readonly privateMetadata: string;
}

/** What the person sees in the dialog's place. */
export type ViewAnswer =
  /** The message at its field. `retry` is the same form with the message, for when a field error would come too late. */
  | { readonly kind: 'field'; readonly block: string; readonly text: string; readonly retry: ModalView }
  | { readonly kind: 'notice'; readonly view: ModalView };

/** Answers a submitted dialog. */
export interface ViewHandler {
  handle(services: Services, request: ViewRequest): Promise<ViewAnswer>;
  /** What the person sees when something goes wrong that nobody expected; what was filled in is kept. */
  failed(request: ViewRequest, text: string): ViewAnswer;
}
