import type { Counts } from './draws.ts';
import { statistics } from './statistics.ts';

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM] = [860, 300, 20, 70, 60];
const COLOURS = ['#1264a3', '#e01e5a'];

/** The lowest and the highest share that is drawn, and the width of a bar, as multiples of a fair share. */
const [LOW, HIGH, STEP] = [0.3, 2.1, 0.04];

/** Draws how many entrants won how often, one panel for each way of drawing, as SVG. */
export function histogram(ways: Readonly<Record<string, Counts>>, draws: number): string {
  const panels = Object.entries(ways).map(([name, counts], index) => panel(name, counts, draws, index));
  const width = WIDTH * 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" font-family="sans-serif" role="img" aria-label="How often each entrant won, by prizedraw and by SPOP">
<rect width="${width}" height="${HEIGHT}" fill="#ffffff"/>
${panels.join('\n')}
<text x="${width / 2}" y="${HEIGHT - 12}" font-size="13" fill="#454245" text-anchor="middle">how often an entrant won, as a multiple of a fair share</text>
</svg>
`;
}

function panel(name: string, counts: Counts, draws: number, index: number): string {
  const fair = draws / counts.length;
  const half = WIDTH / 2;
  const [left, right] = [index * half + LEFT, (index + 1) * half - LEFT];
  const x = (share: number): number => left + ((share - LOW) / (HIGH - LOW)) * (right - left);
  const bars: number[] = Array.from({ length: Math.round((HIGH - LOW) / STEP) }, () => 0);
  for (const count of counts) {
    const at = Math.min(bars.length - 1, Math.max(0, Math.floor((count / fair - LOW) / STEP)));
    bars[at] = (bars[at] ?? 0) + 1;
  }
  const tallest = Math.max(...bars);
  const ground = HEIGHT - BOTTOM;
  const drawn = bars.flatMap((many, at) => {
    if (many === 0) return [];
    const height = (many / tallest) * (ground - TOP);
    return `<rect x="${x(LOW + at * STEP).toFixed(1)}" y="${(ground - height).toFixed(1)}" width="${(x(STEP) - x(0) - 1).toFixed(1)}" height="${height.toFixed(1)}" fill="${COLOURS[index]}"/>`;
  });
  const { z, most, least } = statistics(counts, draws);
  const marks = [0.5, 1, 1.5, 2].map(
    (share) =>
      `<line x1="${x(share).toFixed(1)}" x2="${x(share).toFixed(1)}" y1="${ground}" y2="${ground + 4}" stroke="#868686"/><text x="${x(share).toFixed(1)}" y="${ground + 18}" font-size="12" fill="#454245" text-anchor="middle">${share} ×</text>`,
  );
  return [
    `<text x="${left}" y="28" font-size="17" font-weight="bold" fill="#1d1c1d">${name}</text>`,
    `<text x="${left}" y="48" font-size="13" fill="#454245">z = ${z.toFixed(1)}; luckiest ${most.toFixed(2)} ×, unluckiest ${least.toFixed(2)} ×</text>`,
    `<line x1="${left}" x2="${right}" y1="${ground}" y2="${ground}" stroke="#868686"/>`,
    ...drawn,
    ...marks,
  ].join('\n');
}
