// What opens below an answer must not open below the button that is fixed there
document.getElementById("review")?.addEventListener("change", (event) => {
  event.target.closest(".k-promise")?.scrollIntoView({ block: "nearest" });
});
