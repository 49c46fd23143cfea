"use strict";
// Draws the figures when they come near, then the rest while the browser is idle; sorts tables.
// No number is computed here: every one of them is in the HTML already.
(() => {
  const LANGUAGE = document.documentElement.lang;
  const EMBEDDED = document.getElementById("figures");
  const WORDS = { "Download plot as a PNG": EMBEDDED.dataset.download };
  const CONFIG = {
    showSendToCloud: false, // plotly's own default would offer to send the data away
    displaylogo: false,
    modeBarButtons: [["toImage"]],
    responsive: true,
    locale: LANGUAGE,
    locales: { [LANGUAGE]: { dictionary: WORDS, format: {} } },
  };
  const PRINT_WIDTH = 640;
  const plots = [...document.querySelectorAll(".plot")];

  function draw(plot, figures) {
    if (plot.dataset.drawn) return;
    plot.dataset.drawn = "1";
    plot.replaceChildren();
    const figure = figures[plot.dataset.figure];
    Plotly.newPlot(plot, figure.data, figure.layout, CONFIG);
    plot.querySelectorAll("svg.main-svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
  }

  function drawAll(figures) {
    const idle = window.requestIdleCallback ?? ((job) => setTimeout(job, 30));
    const next = () => {
      const waiting = plots.find((plot) => !plot.dataset.drawn);
      if (waiting === undefined) {
        document.documentElement.dataset.ready = "1";
        return;
      }
      draw(waiting, figures);
      idle(next, { timeout: 500 });
    };
    idle(next, { timeout: 500 });
  }

  function watch(figures) {
    const near = new IntersectionObserver(
      (entries) => entries.filter((e) => e.isIntersecting).forEach((e) => draw(e.target, figures)),
      { rootMargin: "240px" },
    );
    plots.forEach((plot) => near.observe(plot));
  }

  function forPaper() {
    plots.forEach((plot) => plot.dataset.drawn && Plotly.relayout(plot, { width: PRINT_WIDTH }));
  }

  function forScreen() {
    plots.forEach((plot) => {
      if (plot.dataset.drawn) Plotly.relayout(plot, { width: null, autosize: true });
    });
  }

  function key(row, column) {
    const raw = row.cells[column].dataset.sort;
    const number = Number(raw);
    return raw === "" ? null : Number.isNaN(number) ? raw : number;
  }

  function compare(a, b) {
    if (a === null || b === null) return (a === null) - (b === null); // the unknown stays last
    if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b, LANGUAGE);
    return typeof a === "number" ? -1 : 1;
  }

  function sort(table, heading, column) {
    const falling = heading.getAttribute("aria-sort") !== "descending";
    table.querySelectorAll("th[aria-sort]").forEach((th) => th.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [key(row, column), row]);
    const sign = falling ? -1 : 1;
    rows.sort(([a], [b]) => compare(a, b) * (a === null || b === null ? 1 : sign));
    body.append(...rows.map(([, row]) => row));
  }

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      button.addEventListener("click", () => sort(table, heading, column));
      heading.replaceChildren(button);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table.sortable").forEach(makeSortable);
    const figures = JSON.parse(EMBEDDED.textContent);
    watch(figures);
    drawAll(figures);
    window.addEventListener("beforeprint", forPaper);
    window.addEventListener("afterprint", forScreen);
  });
})();
