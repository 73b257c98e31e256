// The page at /: it opens the WebSocket and shows the echo.
#pragma once

#include <string_view>

inline constexpr std::string_view page = R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>turnout: WebSocket echo</title>
<style>
  body { font: 1.1em/1.6 system-ui, sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em; }
  form { display: flex; gap: .5em; }
  input { flex: 1; font: inherit; padding: .3em .5em; }
  button { font: inherit; }
  #log { font-family: ui-monospace, monospace; white-space: pre-wrap; }
</style>
<h1>WebSocket echo</h1>
<p>This page came over HTTP/1.1. The messages below go over the WebSocket that the same port
switched to.</p>
<form>
  <input id="text" value="Hello from the browser" autocomplete="off">
  <button disabled>Send</button>
</form>
<div id="log"></div>
<script>
  const show = text => { document.getElementById("log").textContent += text + "\n"; };
  const socket = new WebSocket(`ws://${location.host}/echo`, ["echo"]);
  const text = document.getElementById("text"), button = document.querySelector("button");
  const send = () => { show("sent    " + text.value); socket.send(text.value); };
  socket.onopen = () => {
    show(`open, subprotocol "${socket.protocol}", extensions "${socket.extensions}"`);
    button.disabled = false;
    send();
  };
  socket.onmessage = event => show("echoed  " + event.data);
  socket.onclose = event => {
    show(`closed, code ${event.code}`);
    button.disabled = true;
  };
  document.querySelector("form").onsubmit = event => { event.preventDefault(); send(); };
</script>
</html>
)html";
