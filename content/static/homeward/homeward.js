// Makes three things quicker. Every page works without this file.

const exit = document.querySelector("a.exit");

/** Hide the page at once, then put the neutral page in its place in the history. */
function leave() {
  document.title = "\u2026";
  document.body.hidden = true;
  location.replace(exit.href);
}

if (exit) {
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  // Shift three times within two seconds, with no other key between.
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses = [];
    } else if (!event.repeat) {
      presses = [...presses.slice(-2), event.timeStamp];
      if (presses.length === 3 && presses[2] - presses[0] < 2000) leave();
    }
  });
  document.documentElement.classList.add("has-script");
}

for (const menu of document.querySelectorAll("details.lang")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// The language chosen last is the one that the address "/" leads to.
for (const link of document.querySelectorAll("a[data-language]")) {
  link.addEventListener("click", () => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `django_language=${link.dataset.language}; path=/; max-age=31536000; SameSite=Lax${secure}`;
  });
}
