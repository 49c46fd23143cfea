"use strict";
// Draws the figures when they come near, then the rest while the browser is idle; sorts, shortens,
// searches and saves tables; light or dark. No number is computed here: all are in the HTML already.
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
  const PAPER_HEIGHT = 0.78; // of the height on the screen
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
    const height = Math.round(layout.height * (width ? PAPER_HEIGHT : 1));
    plot.style.height = `${height}px`;
    Plotly.newPlot(plot, data, { ...layout, width, height }, CONFIG);
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

  // Each in a task of its own: the first is seen before the next is begun.
  function drawNear() {
    const near = new IntersectionObserver(
      (entries) =>
        entries
          .filter((entry) => entry.isIntersecting)
          .forEach(({ target }) => setTimeout(() => target.dataset.drawn || draw(target))),
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

  // The key figures of another tier or platform: ready in the page, put in the tiles' places.
  function filterBy(form) {
    const slices = JSON.parse(document.getElementById("slices").textContent);
    const show = () => {
      const slice = slices[`${form.elements.tier.value}|${form.elements.platform.value}`] ?? {};
      document.querySelectorAll("[data-tile]").forEach((tile) => fill(tile, slice[tile.dataset.tile]));
    };
    form.addEventListener("change", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
  }

  // The charts of a section over more of the weeks that are in them already.
  function rangeBy(form) {
    form.addEventListener("change", () => {
      const shown = Number(form.elements.weeks.value);
      form.closest("section").querySelectorAll(".plot").forEach((plot) => {
        const { data, layout } = figures[plot.dataset.figure];
        const weeks = Math.max(...data.map((line) => line.x.length));
        layout.xaxis.range = [weeks - shown - 0.4, weeks - 0.6];
        draw(plot);
      });
    });
    form.hidden = false;
  }

  function fill(tile, values = ["—", "", "missing", "", "", "", "", "", ""]) {
    const [text, raw, state, group, pill, compared, rate, usual, line] = values;
    const put = (selector, words) => (tile.querySelector(selector).textContent = words);
    put("data", text);
    tile.querySelector("data").value = raw;
    tile.querySelector(".value").className = `value ${state}`;
    put(".group", group);
    put(".pill", pill);
    tile.querySelector(".pill").hidden = !pill;
    put(".compared", compared);
    put(".rate", rate);
    tile.querySelector(".why")?.remove();
    tile.querySelector(".usual").setAttribute("d", usual);
    tile.querySelector(".line").setAttribute("d", line);
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
      const printed = document.createElement("span"); // Chromium repeats no button on the next sheet
      printed.textContent = heading.textContent;
      heading.replaceChildren(button, printed);
    });
  }

  // The tools of a listed table: a search box and a download. Their words are the table's own.

  function made(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function offerTools(table) {
    const words = table.dataset;
    const rows = [...table.tBodies[0].rows];
    const search = made("input", { type: "search", placeholder: words.search });
    const count = made("output", {});
    const save = made("button", { type: "button", textContent: words.download });
    const tools = made("div", { className: "tools" });
    search.setAttribute("aria-label", words.search);
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      rows.forEach((row) => (row.hidden = !row.textContent.toLowerCase().includes(wanted)));
      const found = rows.filter((row) => !row.hidden).length;
      const told = found ? words.count : words.none;
      count.textContent = wanted && told.replace("{shown}", found).replace("{all}", rows.length);
    });
    save.addEventListener("click", () => download(table));
    tools.append(search, count, save);
    table.closest(".scroll").before(tools);
  }

  const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/; // how a text begins that a spreadsheet would compute

  // What a cell shows, numbers with all their digits. A row's name goes with its small print, an
  // immature number with the word that says so; a withheld or missing one is its shown word.
  function exported(cell) {
    const added = cell.querySelector(cell.tagName === "TH" ? "small" : "em");
    const value = cell.dataset.sort || cell.firstChild?.textContent.trim() || "";
    return added ? `${value} ${added.textContent}` : value;
  }

  function field(value) {
    const safe = FORMULA.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  // The rows the search has left, as a file that spreadsheets know to be UTF-8 by its first mark.
  function download(table) {
    const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden);
    const named = (heading) => (heading.querySelector("button") ?? heading).textContent;
    const head = [...table.tHead.rows[0].cells].map(named);
    const lines = [head, ...rows.map((row) => [...row.cells].map(exported))];
    const text = lines.map((values) => `${values.map(field).join(",")}\r\n`).join("");
    const link = made("a", { download: table.dataset.file });
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  wear(remembered());
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table.sortable").forEach(makeSortable);
    document.querySelectorAll("button.more").forEach(shorten);
    document.querySelectorAll("table[data-file]").forEach(offerTools);
    document.querySelectorAll("form.filters:not([data-ranges])").forEach(filterBy);
    document.querySelectorAll("form[data-ranges]").forEach(rangeBy);
    offerControls();
    followReading();
    drawNear();
    drawAll();
    systemDark.addEventListener("change", drawAgain);
    window.addEventListener("beforeprint", forPaper);
    window.addEventListener("afterprint", drawAgain);
  });
})();
