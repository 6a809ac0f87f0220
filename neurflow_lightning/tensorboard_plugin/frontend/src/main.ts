/** The page's entry: TensorBoard calls `render`, an exported page runs it on load. */
export function render(): void {}
