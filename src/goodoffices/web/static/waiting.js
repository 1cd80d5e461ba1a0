// Looks every few seconds whether a seat has been given, and shows it then. Without script, the link does the same.
"use strict";
const look = setInterval(async () => {
  try {
    const answer = await fetch("/waiting-room", { cache: "no-store" });
    if (answer.status !== 200 || (await answer.text()).includes('id="given"')) { clearInterval(look); location.reload(); }
  } catch (error) { /* the desk is away: try again */ }
}, 3000);
