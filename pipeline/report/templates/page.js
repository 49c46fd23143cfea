"use strict";
// Draws the figures when they come near, then the rest while the browser is idle; sorts, shortens,
// searches and saves tables; shows the tier, platform and range that are chosen; light or dark.
// No number is computed here: all are in the HTML already.
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
  const choice = { tier: "", platform: "", weeks: "" }; // of the page's filter; empty: all
  const kept = new Map(); // what a table and its reasons held before anything was chosen
  let chosen; // what the choices change; read when one is made, after the first charts

  // A colour is a whole string; a title that merely names one stays as it is.
  function copy(figure, dark) {
    const coloured = (_, value) => (dark ? (DARK.get(value) ?? value) : value);
    return JSON.parse(JSON.stringify(figure), coloured);
  }

  function draw(plot, dark = isDark(), width = undefined) {
    plot.dataset.drawn = "1";
    const figure = asChosen(plot);
    plot.classList.toggle("blank", typeof figure === "string");
    if (typeof figure === "string") {
      Plotly.purge(plot);
      plot.replaceChildren(figure);
      return;
    }
    if (!plot.querySelector(".main-svg")) plot.replaceChildren();
    const { data, layout } = copy(figure, dark);
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
    plots.forEach((plot) => plot.dataset.drawn && draw(plot));
  }

  // Paper is light, and no plot can tell how wide it will be there.
  function forPaper() {
    plots.forEach((plot) => {
      const beside = plot.closest(".row")?.querySelectorAll(":scope > :not([hidden])").length;
      draw(plot, false, PAPER[beside] ?? PAPER[1]);
    });
  }

  function slice(tier, platform) {
    chosen ??= JSON.parse(document.getElementById("slices").textContent);
    return chosen.slices[`${tier}|${platform}`];
  }

  // Changes key by key; those to a list name its places, and its length.
  function change(value, by) {
    for (const [key, part] of Object.entries(by)) {
      const within = part && typeof part === "object" && !Array.isArray(part) && value[key];
      if (within) change(value[key], part);
      else value[key] = structuredClone(part);
    }
  }

  // A figure as the platform, then the tier change it; the words in its place where it is blank.
  function asChosen(plot) {
    const figure = structuredClone(figures[plot.dataset.figure]);
    for (const tier of new Set(choice.tier || choice.platform ? ["", choice.tier] : [])) {
      const by = slice(tier, choice.platform)?.figures?.[plot.dataset.figure] ?? {};
      if (typeof by === "string") return by;
      change(figure, by);
    }
    if (choice.weeks && plot.closest("[data-ranges]")) {
      const known = Math.max(...figure.data.map((line) => line.x.length));
      figure.layout.xaxis.range = [known - choice.weeks - 0.4, known - 0.6];
    }
    return figure;
  }

  // The page's filter, or, where the page has none, the range of its trend.
  function filterBy(form) {
    const apply = () => {
      for (const field of form.querySelectorAll("select")) choice[field.name] = field.value;
      if (form.matches(".bar")) follow(form);
      const following = document.querySelectorAll(":is([data-follows], [data-ranges]) .plot");
      following.forEach((plot) => plot.dataset.drawn && draw(plot));
    };
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply)); // when the fields are what they were
    form.hidden = false;
    if (form.matches(".bar")) form.nextElementSibling.hidden = false;
  }

  function follow(form) {
    const own = slice(choice.tier, choice.platform);
    const fields = [form.elements.tier, form.elements.platform].filter((field) => field.value);
    const name = fields.map((field) => field.selectedOptions[0].textContent).join(" · ");
    const note = form.nextElementSibling;
    const { first, told, nothing, whole } = note.dataset;
    note.textContent = name ? (own ? told : nothing).replace("{choice}", name) : first;
    document.querySelectorAll(".chosen").forEach((mark) => {
      const stays = mark.matches(".whole") || !mark.closest("[data-follows]");
      mark.textContent = stays ? whole : name;
      mark.classList.toggle("data", stays);
      mark.hidden = !name;
    });
    document.querySelectorAll("[data-tile]").forEach((tile) => fill(tile, own?.tiles[tile.dataset.tile]));
    document.querySelectorAll(".nothing").forEach((line) => {
      line.textContent = note.textContent;
      line.hidden = Boolean(own);
      const section = line.closest("section");
      section.querySelectorAll(".row").forEach((row) => choosePanels(row, !own));
      section.querySelectorAll("table").forEach(fillTable);
    });
    document.querySelectorAll("[data-slice]").forEach((one) => {
      const [tier, platform] = one.dataset.slice.split("|");
      const wanted = [choice.tier || tier, choice.platform || platform];
      const fits = one.dataset.slice === wanted.join("|");
      one.classList.toggle("off", one.matches("tr") && !fits);
      one.classList.toggle("picked", one.matches("td") && fits && name !== "");
    });
    document.querySelectorAll("table:has(tr[data-slice])").forEach(countRows);
  }

  // The tier that is chosen, or, where none is, those that have the platform.
  const inSight = (tier) =>
    choice.tier ? tier === choice.tier : !choice.platform || slice(tier, choice.platform) !== undefined;

  // A tier's panel that is left alone has its numbers beside it.
  function choosePanels(row, nothing) {
    const panels = [...row.children];
    panels.forEach((one) => (one.hidden = one.matches("[data-tier]") && !inSight(one.dataset.tier)));
    const left = panels.filter((one) => !one.hidden);
    const alone = left.length === 1 && panels.length > 1;
    if (alone || row.matches(".alone"))
      panels.forEach((one) => (one.querySelector("details").open = alone && !one.hidden));
    row.className = `row of-${left.length}${alone ? " alone" : ""}`;
    row.hidden = nothing;
  }

  function fillTable(table) {
    const body = table.tBodies[0];
    const list = table.closest(".scroll").parentElement.querySelector(".reasons");
    if (!kept.has(table)) kept.set(table, [body.innerHTML, list.innerHTML]);
    const [rows, reasons] = kept.get(table);
    const [cells, own] = slice("", choice.platform)?.tables?.[table.id] ?? [[], 0];
    body.innerHTML = rows;
    list.innerHTML = own ? chosen.cells[own - 1] : reasons;
    cells.forEach((row, at) =>
      row.forEach((cell, column) => {
        const number = typeof cell === "string" && `<td class="num">${cell}</td>`;
        if (cell) body.rows[at].cells[column + 1].outerHTML = number || chosen.cells[cell - 1];
      }),
    );
    table.dataset.tiers?.split(",").forEach((tier, at) =>
      [...table.rows].forEach((row) => (row.cells[at + 1].hidden = !inSight(tier))),
    );
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
    const search = made("input", { type: "search", placeholder: words.search });
    const save = made("button", { type: "button", textContent: words.download });
    const tools = made("div", { className: "tools" });
    search.setAttribute("aria-label", words.search);
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      [...table.tBodies[0].rows].forEach((row) => (row.hidden = !row.textContent.toLowerCase().includes(wanted)));
      countRows(table);
    });
    save.addEventListener("click", () => download(table));
    tools.append(search, made("output", {}), save);
    table.closest(".scroll").before(tools);
  }

  const isLeft = (row) => !row.hidden && !row.matches(".off");

  // How many rows the search and the filter have left, where these are not all.
  function countRows(table) {
    const rows = [...table.tBodies[0].rows];
    const left = rows.filter(isLeft).length;
    const told = left < rows.length ? table.dataset[left ? "count" : "none"] : "";
    const panel = table.closest(".panel");
    const output = panel.querySelector(".tools output");
    output.textContent = told.replace("{shown}", left).replace("{all}", rows.length);
    panel.querySelector(".more")?.classList.toggle("off", left <= 15);
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

  // The rows the search and the filter have left, as a file that spreadsheets know to be UTF-8 by its first mark.
  function download(table) {
    const rows = [...table.tBodies[0].rows].filter(isLeft);
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
    document.querySelectorAll("form.filters").forEach(filterBy);
    offerControls();
    followReading();
    drawNear();
    drawAll();
    systemDark.addEventListener("change", drawAgain);
    window.addEventListener("beforeprint", forPaper);
    window.addEventListener("afterprint", drawAgain);
  });
})();
