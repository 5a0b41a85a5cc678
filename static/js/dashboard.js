// The charts of the dashboard: uPlot draws, the page says what and in which colours.

import { written } from "./written.js";

const HEIGHT = 220;
const HUES = 6;
const DASHES = [[], [8, 4], [2, 3], [12, 3, 2, 3]];
const DAY = 86_400;
const DATES = [
  [28 * DAY, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [DAY, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
];

/** `<usage-chart from="id">`: draws the lines of the JSON in the element of that id, a point a day. */
class UsageChart extends HTMLElement {
  connectedCallback() {
    this.data = JSON.parse(document.getElementById(this.getAttribute("from")).textContent);
    this.theme = new MutationObserver(() => this.draw());
    this.theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", this);
    this.size = new ResizeObserver(() => requestAnimationFrame(() => this.fit()));
    this.size.observe(this);
    this.draw();
  }

  disconnectedCallback() {
    this.theme.disconnect();
    this.size.disconnect();
    this.dark.removeEventListener("change", this);
  }

  handleEvent() {
    this.draw();
  }

  fit() {
    if (this.plot.width !== this.clientWidth) this.plot.setSize({ width: this.clientWidth, height: HEIGHT });
  }

  draw() {
    this.plot?.destroy();
    const { days, lines } = this.data;
    this.plot = new uPlot(this.options(), [days, ...lines.map((line) => line.values)], this);
    this.point(this.plot);
  }

  /** Tell of the day that is pointed at, and of the last one otherwise. */
  point(plot) {
    if (plot.cursor.idx == null) plot.setLegend({ idx: this.data.days.length - 1 });
  }

  options() {
    return {
      width: this.clientWidth,
      height: HEIGHT,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      scales: {
        x: { range: (_, first, last) => [first - DAY / 2, last + DAY / 2] },
        y: { range: (_, __, most) => [0, this.data.unit === "share" ? 1 : most * 1.1 || 1] },
      },
      axes: [
        { ...this.axis(), space: 70, values: DATES },
        { ...this.axis(), size: 64, values: (_, ticks) => ticks.map((tick) => this.written(tick)) },
      ],
      series: [{ label: "day", value: "{YYYY}-{MM}-{DD}" }, ...this.data.lines.map((line, at) => this.line(line, at))],
      hooks: { setCursor: [(plot) => this.point(plot)] },
    };
  }

  axis() {
    return { stroke: this.colour("quiet"), grid: { stroke: this.colour("grid"), width: 1 }, ticks: { show: false } };
  }

  line({ label }, at) {
    return {
      label,
      stroke: this.colour(`hue-${at % HUES}`),
      width: 2,
      dash: DASHES[Math.floor(at / 2) % DASHES.length],
      value: (_, value) => this.written(value),
    };
  }

  written(value) {
    return written(value, this.data.unit);
  }

  /** What the style sheet says: a canvas knows no custom properties. */
  colour(name) {
    const probe = this.appendChild(document.createElement("i"));
    probe.className = name;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }
}

customElements.define("usage-chart", UsageChart);
