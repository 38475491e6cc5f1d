// What of perfect-freehand is used here (ink/outline.js), and no more.
export function getStroke(points: number[][], options?: Record<string, unknown>): number[][]
