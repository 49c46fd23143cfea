"use strict";
// Draws the figures when they come near, then the rest while the browser is idle; sorts, searches
// and downloads tables.
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
    table.dispatchEvent(new Event("sorted"));
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

  // Long tables get a search box, "show all" and a download. Without scripts all rows stand there.

  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/; // what spreadsheets would compute

  function filled(words, values) {
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function exported(cell) {
    const shown = cell.firstChild ? cell.firstChild.textContent.trim() : "";
    // A row's name goes with its small print, an immature number with the word that says so.
    const added = cell.querySelector(cell.tagName === "TH" ? "small" : "em");
    return [cell.dataset.sort || shown, added ? added.textContent : ""].join(" ").trim();
  }

  function field(value) {
    const safe = FORMULA.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  function download(table, rows) {
    const head = [...table.tHead.rows[0].cells].map((heading) => heading.textContent);
    const body = rows.map((row) => [...row.cells].map(exported));
    const lines = [head, ...body].map((values) => values.map(field).join(","));
    const file = new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = table.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function made(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function makeListed(table) {
    const words = table.dataset;
    const first = Number(words.listed);
    const total = table.tBodies[0].rows.length;
    const search = made("input", { type: "search", placeholder: words.search });
    search.setAttribute("aria-label", words.search);
    const count = made("output", {});
    const save = made("button", { type: "button", textContent: words.download });
    const more = made("button", { type: "button", hidden: total <= first });
    let whole = false;

    const matching = () => {
      const wanted = search.value.trim().toLowerCase();
      return [...table.tBodies[0].rows].filter((row) =>
        row.textContent.toLowerCase().includes(wanted),
      );
    };

    function show() {
      const found = matching();
      const shown = whole ? found : found.slice(0, first);
      [...table.tBodies[0].rows].forEach((row) => (row.hidden = !shown.includes(row)));
      const values = { shown: shown.length, all: total, first };
      count.textContent = filled(found.length ? words.count : words.none, values);
      more.textContent = filled(whole ? words.fewer : words.all, values);
    }

    search.addEventListener("input", show);
    save.addEventListener("click", () => download(table, matching()));
    more.addEventListener("click", () => {
      whole = !whole;
      show();
    });
    table.addEventListener("sorted", show);
    const tools = made("div", { className: "tools" });
    tools.append(search, count, save);
    table.parentElement.before(tools);
    table.parentElement.after(more);
    more.className = "more";
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table.sortable").forEach(makeSortable);
    document.querySelectorAll("table[data-listed]").forEach(makeListed);
    const figures = JSON.parse(EMBEDDED.textContent);
    watch(figures);
    drawAll(figures);
    window.addEventListener("beforeprint", forPaper);
    window.addEventListener("afterprint", forScreen);
  });
})();
