/** Seen on light and on dark pages alike. */
export const colours = { ours: '#2f81f7', others: '#9aa4b2', text: '#7d8590', grid: '#7d859040' } as const;

/** What all pictures share. */
export function frame(title: string): object {
  return {
    width: 460,
    background: null,
    title: { text: title, anchor: 'start', color: colours.text, fontSize: 13, fontWeight: 'normal', offset: 12 },
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      axis: {
        labelColor: colours.text,
        titleColor: colours.text,
        gridColor: colours.grid,
        domain: false,
        ticks: false,
        labelLimit: 400,
        labelFontSize: 12,
      },
      legend: { labelColor: colours.text, title: null, labelLimit: 400 },
    },
  };
}
