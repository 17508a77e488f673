// Offers a procedure's own agencies and steps where their keys are asked for. The server checks them all the same.

const SOURCES = [
  { asks: /-(leads|takes_part-\d+-value)$/, rows: "agencies", words: "short" },
  { asks: /-target$/, rows: "steps", words: "label" },
];

/** The keys of the rows in the form as it stands, with their words. */
function choices(source) {
  const found = [];
  for (const input of document.querySelectorAll(`input[name^="${source.rows}-"][name$="-value-key"]`)) {
    const words = document.querySelector(`[name="${input.name.replace(/-key$/, `-${source.words}`)}"]`);
    if (input.value) found.push([input.value, words ? words.value : ""]);
  }
  return found;
}

document.addEventListener("focusin", (event) => {
  const source = SOURCES.find((item) => item.asks.test(event.target.name || ""));
  if (!source || !event.target.name.startsWith("steps-")) return;
  const id = `keys-of-${source.rows}`;
  let list = document.getElementById(id);
  if (!list) {
    list = document.createElement("datalist");
    list.id = id;
    document.body.append(list);
  }
  list.replaceChildren(
    ...choices(source).map(([key, words]) => {
      const option = document.createElement("option");
      option.value = key;
      option.textContent = words;
      return option;
    }),
  );
  event.target.setAttribute("list", id);
});
