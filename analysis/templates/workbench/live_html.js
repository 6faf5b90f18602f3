// HTML made by Faultline, with all article text escaped, in which options can be chosen and buttons pressed.
// The keys are those of a listbox (WAI-ARIA Authoring Practices): arrows, Home and End move, Enter and Space
// choose. Where only one can be chosen, moving to it chooses it.

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
const SETTLING = [0, 150, 400]; // milliseconds: what is above may change its height at the same time
const ABOVE = 60; // pixels left above the place to which an article is scrolled

function render({ model, el }) {
  el.dataset.lmSuppressShortcuts = "true"; // otherwise JupyterLab moves between cells, or deletes them
  const options = () => [...el.querySelectorAll('[role="option"]')];
  const keyOf = (node) => node?.closest?.('[role="option"]')?.dataset.key;

  const mark = (focused) => {
    const chosen = model.get("chosen");
    const all = options();
    const first = all.find((one) => one.dataset.key === focused)
      ?? all.find((one) => chosen.includes(one.dataset.key)) ?? all[0];
    for (const one of all) {
      one.setAttribute("aria-selected", chosen.includes(one.dataset.key));
      one.tabIndex = one === first ? 0 : -1;
    }
    el.classList.toggle("f-has-chosen", chosen.length > 0);
    return first;
  };

  const draw = () => {
    const focused = el.contains(document.activeElement) ? keyOf(document.activeElement) : undefined;
    const before = el.querySelector('[role="listbox"]');
    const [top, left] = [before?.scrollTop ?? 0, before?.scrollLeft ?? 0];
    el.innerHTML = model.get("html");
    const option = mark(focused);
    if (focused !== undefined) option?.focus({ preventScroll: true });
    const list = el.querySelector('[role="listbox"]');
    if (list && focused !== undefined) [list.scrollTop, list.scrollLeft] = [top, left];
    scrollToPlace();
  };

  const scrollToPlace = () => {
    const place = el.querySelector(".f-scroll .f-here"); // not the one in the legend
    if (!place) return;
    const pane = place.closest(".f-scroll");
    const below = place.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += below - ABOVE;
  };

  const choose = (key, adds) => {
    const had = model.get("chosen");
    const isOnly = had.length === 1 && had[0] === key;
    if (!model.get("is_multiple")) model.set("chosen", [key]);
    else if (adds) model.set("chosen", had.includes(key) ? had.filter((one) => one !== key) : [...had, key]);
    else model.set("chosen", isOnly ? [] : [key]);
    model.save_changes();
    mark(key);
  };

  const move = (from, step) => {
    const all = options();
    const place = Math.min(Math.max(all.indexOf(from) + step, 0), all.length - 1);
    const key = all[place].dataset.key;
    if (model.get("is_multiple")) mark(key);
    else if (!model.get("chosen").includes(key)) choose(key, false);
    all[place].focus();
  };

  const onKey = (event) => {
    const option = event.target.closest('[role="option"]');
    if (!option || event.target !== option) return;
    if (event.key in STEPS) move(option, STEPS[event.key]);
    else if (event.key === "Enter" || event.key === " ") choose(option.dataset.key, event.ctrlKey || event.shiftKey || event.metaKey);
    else return;
    event.preventDefault();
  };

  const onClick = (event) => {
    const press = event.target.closest?.("[data-press]");
    if (press) {
      model.set("pressed", press.dataset.press);
      model.save_changes();
    }
    const key = keyOf(event.target);
    if (key === undefined || !getSelection().isCollapsed) return; // the user is selecting words to copy
    choose(key, event.ctrlKey || event.shiftKey || event.metaKey);
    event.target.closest('[role="option"]').focus({ preventScroll: true });
  };

  const onMessage = (message) => {
    const scroll = () => (el.querySelector(".f-scroll .f-here") ?? el).scrollIntoView({ block: "nearest" });
    if (message.do === "come into view") for (const wait of SETTLING) setTimeout(scroll, wait);
  };

  draw();
  requestAnimationFrame(scrollToPlace); // the page has no layout before this
  model.on("change:html", draw);
  model.on("change:chosen", () => mark(keyOf(document.activeElement)));
  model.on("msg:custom", onMessage);
  el.addEventListener("keydown", onKey);
  el.addEventListener("click", onClick);
  return () => {
    model.off("change:html", draw);
    model.off("msg:custom", onMessage);
  };
}

export default { render };
