// What really ran of a video is told to the server: the seconds between two moments of playing, never where the playhead was put.
const EVERY = 10_000; // milliseconds between two reports

for (const player of document.querySelectorAll("[data-watch]")) {
  const video = player.querySelector("video");
  const status = player.querySelector("[data-watch-status]");
  let spans = [];
  let last = null; // where it was at the last moment of playing

  video.addEventListener("loadedmetadata", () => {
    const resume = Number(player.dataset.resume);
    if (resume && resume < video.duration - 5) video.currentTime = resume;
  });
  player.querySelector("[data-speed]").addEventListener("change", ({ target }) => { video.playbackRate = Number(target.value); });

  const ran = () => {
    const now = video.currentTime;
    if (last !== null && now > last && now - last < 2 * video.playbackRate) {
      const open = spans.at(-1);
      if (open && Math.abs(open[1] - last) < 0.01) open[1] = now; else spans.push([last, now]);
    }
    last = video.paused || video.seeking ? null : now;
  };
  video.addEventListener("timeupdate", ran);
  video.addEventListener("seeking", () => { last = null; });
  video.addEventListener("playing", () => { last = video.currentTime; });

  async function tell() {
    if (!spans.length || !Number.isFinite(video.duration)) return;
    const told = spans;
    spans = [];
    const body = JSON.stringify({ spans: told, resume: video.currentTime, length: video.duration });
    try {
      const answer = await fetch(player.dataset.watch, { method: "POST", body, keepalive: true, headers: { "content-type": "application/json", "x-csrftoken": player.dataset.csrf } });
      status.textContent = (await answer.json()).message;
    } catch { spans = [...told, ...spans]; } // no connection: with the next report
  }
  setInterval(tell, EVERY);
  video.addEventListener("pause", () => { ran(); tell(); });
  video.addEventListener("ended", tell);
  addEventListener("pagehide", tell);
}
