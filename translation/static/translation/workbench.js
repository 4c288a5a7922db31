/* Keys, counters and the preview of the workbench. Without it every button still works. */
const bench = document.querySelector("[data-bench]");
const fields = [...bench.querySelectorAll(".bench-field")];
const lineOf = (element) => element?.closest?.("[data-line]");
const here = () => fields.indexOf(document.activeElement);

function go(field) {
    if (!field) return;
    field.focus();
    field.scrollIntoView({ block: "center" });
}

function write(field, text, { selectAll = false } = {}) {
    field.focus();
    if (selectAll) field.select();
    /* Keeps what "undo" knows; the other way is for browsers without it. */
    if (!document.execCommand("insertText", false, text)) field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
}

function missingMark(field) {
    const wanted = [...field.dataset.original.matchAll(/<(\d+)(\/?)>/g)];
    return wanted.find(([, number]) => !field.value.includes(`<${number}>`) && !field.value.includes(`<${number}/>`));
}

const actions = {
    save_next() {
        const index = here();
        if (index < 0) return;
        fields[index].dispatchEvent(new Event("save"));
        go(fields.slice(index + 1).find((field) => lineOf(field).classList.contains("needs-work")) ?? fields[index + 1]);
    },
    next: () => go(fields[here() + 1]),
    previous: () => go(fields[Math.max(here(), 1) - 1]),
    original() {
        const field = fields[here()];
        if (field) write(field, field.dataset.original, { selectAll: true });
    },
    mark() {
        const field = fields[here()];
        const mark = field && missingMark(field);
        if (!mark) return;
        const [, number, empty] = mark;
        const words = field.value.slice(field.selectionStart, field.selectionEnd);
        write(field, empty ? `${words}<${number}/>` : `<${number}>${words}</${number}>`);
    },
    preview: () => toggle.click(),
    suggestion(number) {
        const take = lineOf(document.activeElement)?.querySelectorAll("[data-suggestion]")[number - 1];
        if (take) write(fields[here()], take.dataset.suggestion, { selectAll: true });
    },
    term() {
        const field = fields[here()];
        const terms = [...(lineOf(field)?.querySelectorAll("[data-term]") ?? [])];
        const missing = terms.find((term) => !field.value.toLowerCase().includes(term.dataset.term.toLowerCase()));
        if (missing) write(field, missing.dataset.term);
    },
};

const keys = new Map();
for (const entry of document.querySelectorAll("[data-keys]")) {
    const [combination, last] = entry.dataset.keys.split(" … ");
    const parts = combination.split("+");
    const first = parts.pop();
    for (let number = Number(first) || 0; number <= (Number(last) || 0); number += 1) {
        keys.set([...parts, last ? String(number) : first].join("+").toLowerCase(), [entry.dataset.action, number]);
    }
}

document.addEventListener("keydown", (event) => {
    const name = event.code.startsWith("Key") || event.code.startsWith("Digit") ? event.code.replace(/^(Key|Digit)/, "") : event.key;
    const pressed = [event.ctrlKey || event.metaKey ? "Control" : "", event.altKey ? "Alt" : "", name].filter(Boolean).join("+").toLowerCase();
    const found = keys.get(pressed);
    if (!found || event.shiftKey) return;
    event.preventDefault();
    actions[found[0]](found[1]);
});

/* How much is written, where there is a limit. Marks do not count. */
function count(field) {
    const counter = lineOf(field).querySelector("[data-count]");
    if (!counter) return;
    const length = [...field.value.replace(/<\/?[1-9]\d{0,2}\/?>/g, "")].length;
    counter.textContent = `${length} / ${counter.dataset.count}`;
    counter.classList.toggle("too-long", length > Number(counter.dataset.count));
}
fields.forEach((field) => {
    count(field);
    field.addEventListener("input", () => count(field));
});

function reveal() {
    bench.querySelectorAll("[data-take-theirs]").forEach((button) => { button.hidden = false; });
}
bench.addEventListener("click", (event) => {
    const theirs = event.target.closest("[data-take-theirs]");
    if (theirs) write(lineOf(theirs).querySelector(".bench-field"), theirs.dataset.takeTheirs, { selectAll: true });
    const suggestion = event.target.closest("[data-suggestion], [data-term]");
    if (suggestion) write(lineOf(suggestion).querySelector(".bench-field"), suggestion.dataset.suggestion ?? suggestion.dataset.term, { selectAll: "suggestion" in suggestion.dataset });
});
reveal();

/* A sentence's own button saves it without leaving the page. */
bench.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "one") return;
    event.preventDefault();
    lineOf(event.submitter).querySelector(".bench-field").dispatchEvent(new Event("save"));
});

const preview = document.querySelector("[data-preview]");
const toggle = document.querySelector("[data-preview-toggle]");
const frame = preview.querySelector("iframe");
toggle.hidden = false;
toggle.addEventListener("click", () => {
    preview.hidden = !preview.hidden;
    toggle.setAttribute("aria-expanded", String(!preview.hidden));
    if (!preview.hidden) frame.src = frame.dataset.src;
});

document.addEventListener("htmx:afterRequest", (event) => {
    const line = lineOf(event.target);
    if (!line) return;
    reveal();
    if (event.detail.successful) {
        line.classList.toggle("needs-work", !event.target.value.trim() || Boolean(line.querySelector(".bench-error")));
        if (!preview.hidden) frame.src = frame.dataset.src;
    }
});

/* What could not be saved is not lost without a word. */
let unsaved = 0;
document.addEventListener("input", () => { unsaved += 1; });
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) unsaved = 0; });
bench.addEventListener("submit", () => { unsaved = 0; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
