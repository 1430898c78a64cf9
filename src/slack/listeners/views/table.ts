import { enterView } from './enter.ts';
import { startView } from './start.ts';
import type { View } from './types.ts';

/** Every dialog. */
export const ALL_VIEWS: readonly View[] = [enterView, startView];
