"use strict";
// Draws the figures when they come near, then the rest while the browser is idle; sorts and shortens
// tables; light or dark. No number is computed here: every one of them is in the HTML already.
(() => {
  const LANGUAGE = document.documentElement.lang;
  const EMBEDDED = document.getElementById("figures");
  const WORDS = { "Download plot as a PNG": EMBEDDED.dataset.download };
  const CONFIG = {
    showSendToCloud: false, // plotly's own default would offer to send the data away
    displaylogo: false,
    modeBarButtons: [["toImage"]],
    displayModeBar: window.matchMedia("(hover: none)").matches ? false : "hover",
    responsive: true,
    locale: LANGUAGE,
    locales: { [LANGUAGE]: { dictionary: WORDS, format: {} } },
  };
  const DARK = new Map(Object.entries(JSON.parse(EMBEDDED.dataset.dark))); // by the light colour
  const PAPER = { 1: 660, 2: 312, 3: 196 }; // pixels of a plot on A4, by how many stand in its row
  const THEME = "funnel-theme";
  const page = document.documentElement;
  const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
  const plots = [...document.querySelectorAll(".plot")];
  const figures = JSON.parse(EMBEDDED.textContent);

  // A colour is a whole string; a title that merely names one stays as it is.
  function copy(figure, dark) {
    const coloured = (_, value) => (dark ? (DARK.get(value) ?? value) : value);
    return JSON.parse(JSON.stringify(figure), coloured);
  }

  function draw(plot, dark = isDark(), width = undefined) {
    if (!plot.dataset.drawn) plot.replaceChildren();
    plot.dataset.drawn = "1";
    const { data, layout } = copy(figures[plot.dataset.figure], dark);
    Plotly.react(plot, data, { ...layout, width }, CONFIG);
    plot.querySelectorAll("svg.main-svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
  }

  function drawAll() {
    const idle = window.requestIdleCallback ?? ((job) => setTimeout(job, 30));
    const next = () => {
      const waiting = plots.find((plot) => !plot.dataset.drawn);
      if (waiting === undefined) {
        document.documentElement.dataset.ready = "1";
        return;
      }
      draw(waiting);
      idle(next, { timeout: 500 });
    };
    idle(next, { timeout: 500 });
  }

  function drawNear() {
    const near = new IntersectionObserver(
      (entries) => {
        const came = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
        came.filter((plot) => !plot.dataset.drawn).forEach((plot) => draw(plot));
      },
      { rootMargin: "240px" },
    );
    plots.forEach((plot) => near.observe(plot));
  }

  function drawAgain() {
    plots.filter((plot) => plot.dataset.drawn).forEach((plot) => draw(plot));
  }

  // Paper is light, and no plot can tell how wide it will be there.
  function forPaper() {
    plots.forEach((plot) => {
      const beside = plot.closest(".row")?.children.length;
      draw(plot, false, PAPER[beside] ?? PAPER[1]);
    });
  }

  function isDark() {
    return page.dataset.theme ? page.dataset.theme === "dark" : systemDark.matches;
  }

  // Where a file may not keep anything, the choice lasts as long as the page is open.
  function remembered() {
    try {
      return localStorage.getItem(THEME) ?? "";
    } catch {
      return "";
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // not kept
    }
  }

  function wear(theme) {
    if (theme) page.dataset.theme = theme;
    else delete page.dataset.theme;
  }

  function offerControls() {
    const controls = document.querySelector(".controls");
    const themes = [...controls.querySelectorAll("input[name=theme]")];
    themes.forEach((input) => {
      input.checked = input.value === (page.dataset.theme ?? "");
      input.addEventListener("change", () => {
        wear(input.value);
        remember(input.value);
        drawAgain();
      });
    });
    controls.querySelector(".print").addEventListener("click", () => window.print());
    controls.hidden = false;
  }

  // The section being read is marked in the contents; on a phone these scroll along.
  function followReading() {
    const links = [...document.querySelectorAll(".rail a")];
    const list = document.querySelector(".rail ol");
    const read = (id) =>
      links.forEach((link) => {
        link.removeAttribute("aria-current");
        if (link.hash !== `#${id}`) return;
        link.setAttribute("aria-current", "true");
        list.scrollLeft = link.offsetLeft - list.clientWidth / 3;
      });
    const reading = new IntersectionObserver(
      (entries) => entries.filter((e) => e.isIntersecting).forEach((e) => read(e.target.id)),
      { rootMargin: "-20% 0px -79% 0px" },
    );
    document.querySelectorAll("main > section").forEach((section) => reading.observe(section));
  }

  // A long table shows its first rows until it is asked for all.
  function shorten(button) {
    const table = document.getElementById(button.getAttribute("aria-controls"));
    table.classList.add("short");
    button.hidden = false;
    button.addEventListener("click", () => {
      table.classList.remove("short");
      button.hidden = true;
      table.closest(".scroll").focus();
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

  wear(remembered());
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table.sortable").forEach(makeSortable);
    document.querySelectorAll("button.more").forEach(shorten);
    offerControls();
    followReading();
    drawNear();
    drawAll();
    systemDark.addEventListener("change", drawAgain);
    window.addEventListener("beforeprint", forPaper);
    window.addEventListener("afterprint", drawAgain);
  });
})();
