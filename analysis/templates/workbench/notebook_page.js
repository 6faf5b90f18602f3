// What a Faultline page can do in the browser: run the cells below, reload itself with other parameters, and
// sort its tables. None of this is saved: an exported page has no script.

const HEADS = ".mathjax_ignore table > thead th:not([aria-sort])";
const DATE = /^\d{4}-\d\d(-\d\d)?\b/;
const MOVES = ["wheel", "pointerdown", "keydown", "touchstart"]; // of a person
const HELD_MILLISECONDS = 5000; // JupyterLab jumps within one or two seconds
const NUMBER = /^[+\-−]?[\d,]*\.?\d+/;

// JupyterLab runs the command that an element names; if the notebook is not trusted, it asks first.
function runBelow(el) {
  stay(el.closest(".jp-Cell"));
  const link = document.createElement("button");
  link.dataset.commandlinkerCommand = "notebook:run-all-below";
  link.dataset.commandlinkerArgs = "{}";
  el.append(link);
  link.focus(); // selects the cell of this widget
  link.click();
  link.remove();
}

// JupyterLab goes to the last cell that it runs, soon after it begins. A person who chose something up here
// wants to see it change here, so this cell is kept in place and selected, unless the person moves on.
function stay(cell) {
  const view = cell?.closest(".jp-WindowedPanel-outer");
  if (!view) return;
  const top = view.scrollTop;
  const hold = () => {
    if (view.scrollTop === top) return;
    view.scrollTop = top;
    cell.focus({ preventScroll: true });
  };
  const leave = () => {
    view.removeEventListener("scroll", hold);
    for (const name of MOVES) window.removeEventListener(name, leave, true);
  };
  view.addEventListener("scroll", hold);
  for (const name of MOVES) window.addEventListener(name, leave, true);
  setTimeout(leave, HELD_MILLISECONDS);
}

// A day in words, "24 to 26 April 2024", carries its sort key.
function valueOf(row, column) {
  const cell = row.cells[column];
  return cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
}

// Below 0 if `one` comes first; among numbers, what is not a number comes last in either direction.
function comparing(texts) {
  const isNumeric = texts.some((text) => NUMBER.test(text)) &&
    texts.every((text) => !DATE.test(text) && (NUMBER.test(text) || !/\d/.test(text)));
  const number = (text) => (NUMBER.test(text) ? Number(text.match(NUMBER)[0].replaceAll(",", "").replace("−", "-")) : NaN);
  return (one, other, sign) => {
    if (!isNumeric) return sign * one.localeCompare(other, "en", { numeric: true });
    const [a, b] = [number(one), number(other)];
    return isNaN(a) || isNaN(b) ? isNaN(a) - isNaN(b) : sign * (a - b);
  };
}

// A cell that spans several rows is copied to each of them; otherwise they could not be moved apart.
function split(body) {
  for (const cell of body.querySelectorAll("[rowspan]")) {
    const rows = [...body.rows].slice(cell.parentElement.sectionRowIndex).slice(1, cell.rowSpan);
    cell.removeAttribute("rowspan");
    for (const row of rows) row.insertBefore(cell.cloneNode(true), row.cells[cell.cellIndex] ?? null);
  }
}

function sortBy(head) {
  const column = [...head.parentElement.cells].indexOf(head);
  const isUp = head.getAttribute("aria-sort") !== "ascending";
  for (const one of head.parentElement.cells) one.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  for (const body of head.closest("table").tBodies) {
    split(body);
    const rows = [...body.rows];
    const compare = comparing(rows.map((row) => valueOf(row, column)).filter(Boolean));
    rows.sort((one, other) => compare(valueOf(one, column), valueOf(other, column), isUp ? 1 : -1));
    body.append(...rows);
  }
}

function addButtons() {
  for (const head of document.querySelectorAll(HEADS)) {
    head.setAttribute("aria-sort", "none");
    if (head.closest("table").querySelector("[colspan], thead [rowspan]") || !head.textContent.trim()) continue;
    const button = document.createElement("button");
    button.className = "f-sort";
    button.title = "Sort by this column";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(head));
    head.append(button);
  }
}

function sortTables() {
  if (window.faultlineTables) return; // by another widget of the page
  let isDue = false;
  window.faultlineTables = new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; addButtons(); });
  });
  window.faultlineTables.observe(document.body, { childList: true, subtree: true });
  addButtons();
}

// Tell the kernel when the notebook comes back into sight: corrections may have been saved in another one.
function watchSight(model, el) {
  const tell = () => { if (!document.hidden) model.send({ sees: "page" }); };
  const sight = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) tell(); });
  sight.observe(el.closest(".jp-NotebookPanel") ?? document.body);
  document.addEventListener("visibilitychange", tell);
  return () => {
    sight.disconnect();
    document.removeEventListener("visibilitychange", tell);
  };
}

function render({ model, el }) {
  sortTables();
  model.on("msg:custom", (message) => {
    if (message.do === "run below") runBelow(el);
    if (message.do === "open") window.location.search = message.query;
  });
  return watchSight(model, el);
}

export default { render };
