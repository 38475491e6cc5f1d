// What map-view.js uses of mind-elixir 5.15.1; the package's own types import its style sheets.
export default class MindElixir {
  static SIDE: number
  static RIGHT: number
  constructor(options: Record<string, any>)
  container: HTMLElement
  scaleVal: number
  direction: number
  nodes: HTMLElement
  bus: { addListener(event: string, heard: (...about: any[]) => void): void }
  init(data: any): Error | undefined
  refresh(data: any): void
  destroy(): void
  findEle(id: string): HTMLElement
  selectNode(topic: HTMLElement, isNew?: boolean): void
  unselectNodes(topics: HTMLElement[]): void
  clearSelection(): void
  currentNodes: HTMLElement[]
  dragged: HTMLElement[] | null
  scrollIntoView(element: HTMLElement, centre?: boolean): void
  move(dx: number, dy: number, smooth?: boolean): void
  scale(value: number): void
  scaleFit(): void
  toCenter(): void
  createArrowFrom(arrow: any): void
  renderArrow(): void
  linkDiv(only?: Element): void
}
