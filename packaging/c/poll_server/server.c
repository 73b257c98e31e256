/* A web server in one thread and in C99, on plain POSIX: a page at /, keep-alive, and a WebSocket
 * at /ws that echoes.
 *
 *   c_poll_server [PORT]     listens on the loopback address; 0, or no PORT, is a free one
 */
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "turnout.h"

enum { IN_SIZE = 16384, OUT_SIZE = 32768, PATIENCE_SECONDS = 60 };
enum { MAX_CONNECTIONS = 200 }; /* poll() fails for more than a process may open: at least 256 */

typedef struct session {
  int fd; /* -1: not in use */
  time_t deadline;
  int ended, closing, is_websocket, is_head;
  size_t in_size, out_size, body;
  char path[256];
  turnout_server http;
  char in[IN_SIZE];   /* what has come and was not used */
  char out[OUT_SIZE]; /* what is to be sent */
} session;

static session sessions[MAX_CONNECTIONS];
static turnout_protocols spoken;

static void put(session *s, const char *octets, size_t size) {
  if (size > OUT_SIZE - s->out_size) {
    s->closing = 1;
    return;
  }
  memcpy(s->out + s->out_size, octets, size);
  s->out_size += size;
}

static void drop(session *s, size_t size) {
  memmove(s->in, s->in + size, s->in_size - size);
  s->in_size -= size;
}

static void put_page(session *s) {
  const int found = strcmp(s->path, "/") == 0;
  const char *const text = found ? "The WebSocket is at /ws.\n" : "There is nothing here.\n";
  const turnout_text line = turnout_server_connection_line(&s->http);
  char body[128];
  char head[512];
  int size = snprintf(body, sizeof body, "%s", text);
  if (s->body != 0)
    size += snprintf(body + size, sizeof body - (size_t)size, "You sent %zu bytes.\n", s->body);
  put(s, head,
      (size_t)snprintf(head, sizeof head,
                       "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n%.*s\r\n",
                       found ? "200 OK" : "404 Not Found", size, (int)line.size,
                       line.size == 0 ? "" : line.octets));
  if (!s->is_head) put(s, body, (size_t)size);
}

/* One turn of HTTP. Returns 0 if it waits for more octets. */
static int serve_http(session *s) {
  char room[1024];
  turnout_server_turn turn;
  turnout_text written = {NULL, 0};
  if (s->ended)
    turnout_server_end(&s->http, 0, s->in, s->in_size, room, sizeof room, &turn);
  else
    turnout_server_advance(&s->http, s->in, s->in_size, room, sizeof room, &turn);
  put(s, turn.output.octets, turn.output.size);
  switch (turn.need) {
    case TURNOUT_SERVER_REQUEST: /* Keep what the page needs: the turn only views the input. */
      snprintf(s->path, sizeof s->path, "%.*s", (int)turn.target.size, turn.target.octets);
      s->path[strcspn(s->path, "?")] = '\0';
      s->is_head = turn.method.size == 4 && memcmp(turn.method.octets, "HEAD", 4) == 0;
      s->body = 0;
      break;
    case TURNOUT_SERVER_CONTENT:
      s->body += turn.content.size;
      break;
    case TURNOUT_SERVER_RESPONSE:
      put_page(s);
      turnout_server_responded(&s->http, 0);
      break;
    case TURNOUT_SERVER_DECISION: /* What is not answered comes again as an ordinary request. */
      if (turn.target.size == 3 && memcmp(turn.target.octets, "/ws", 3) == 0 &&
          turnout_server_answer(&s->http, &turn, NULL, room, sizeof room, &written).code ==
              TURNOUT_OK)
        put(s, written.octets, written.size);
      break;
    case TURNOUT_SERVER_SWITCHED:
      s->is_websocket = 1;
      break;
    case TURNOUT_SERVER_CLOSE:
      s->closing = 1;
      break;
    default:
      break;
  }
  drop(s, turn.used);
  return turn.need != TURNOUT_SERVER_MORE || turn.used != 0;
}

/* Echoes one frame. Returns 0 if it waits for more octets. */
static int serve_websocket(session *s) {
  const unsigned char *const in = (const unsigned char *)s->in;
  const size_t short_size = s->in_size < 2 ? 0 : in[1] & 0x7F;
  const size_t head = short_size == 126 ? 8 : 6;
  size_t size = short_size;
  unsigned char back[4];
  size_t i;
  if (s->in_size < head) return 0;
  if (short_size == 126) size = (size_t)in[2] << 8 | in[3];
  if (in[1] < 0x80 || short_size == 127 || head + size > IN_SIZE || (in[0] & 0x70) != 0) {
    put(s, "\x88\x02\x03\xEA", 4); /* 1002: not masked, too large, or with bits that mean nothing */
    s->closing = 1;
    return 1;
  }
  if (s->in_size < head + size) return 0;
  for (i = 0; i < size; ++i) s->in[head + i] = (char)(in[head + i] ^ in[head - 4 + i % 4]);
  back[0] = (unsigned char)((in[0] & 0x0F) == 9 ? (in[0] & 0xF0) | 10 : in[0]); /* ping: pong */
  back[1] = (unsigned char)short_size;
  back[2] = in[2];
  back[3] = in[3];
  put(s, (const char *)back, short_size == 126 ? 4 : 2);
  put(s, s->in + head, size);
  s->closing = (in[0] & 0x0F) == 8;
  drop(s, head + size);
  return 1;
}

static void end(session *s) {
  close(s->fd);
  s->fd = -1;
}

/* Reads what has come. Returns 0 if no more will come. */
static int read_some(session *s) {
  const ssize_t got = recv(s->fd, s->in + s->in_size, IN_SIZE - s->in_size, 0);
  if (got > 0) s->in_size += (size_t)got;
  return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Sends what the socket takes. Returns 0 if it will take no more. */
static int send_some(session *s) {
  const ssize_t sent = s->out_size == 0 ? 0 : send(s->fd, s->out, s->out_size, MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EINTR;
  memmove(s->out, s->out + sent, s->out_size - (size_t)sent);
  s->out_size -= (size_t)sent;
  return 1;
}

static void run(session *s, int ready) {
  if ((ready & POLLOUT) == 0) s->ended = !read_some(s);
  for (;;) {
    if (!send_some(s)) {
      end(s);
      return;
    }
    if (s->out_size != 0) return;
    if (s->closing || !(s->is_websocket ? serve_websocket(s) : serve_http(s))) break;
    s->deadline = time(NULL) + PATIENCE_SECONDS;
  }
  if (s->closing) {
    shutdown(s->fd, SHUT_WR);
    s->in_size = 0; /* Keep reading, or the client might miss the last output. */
  }
  if (s->ended) end(s);
}

static int listen_on(const char *port) {
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  const int on = 1;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((unsigned short)atoi(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 128) != 0 ||
      getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
    perror("c_poll_server");
    exit(1);
  }
  printf("listening on http://127.0.0.1:%d/\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

static void open_session(int listener) {
  size_t i;
  const int fd = accept(listener, NULL, NULL);
  for (i = 0; fd >= 0 && i < MAX_CONNECTIONS; ++i) {
    session *const s = &sessions[i];
    if (s->fd >= 0) continue;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    memset(s, 0, offsetof(session, http));
    s->fd = fd;
    s->deadline = time(NULL) + PATIENCE_SECONDS;
    turnout_server_init(&s->http, &spoken, IN_SIZE);
    return;
  }
  if (fd >= 0) close(fd);
}

int main(int argc, char **argv) {
  static struct pollfd polled[MAX_CONNECTIONS + 1];
  const int listener = listen_on(argc > 1 ? argv[1] : "0");
  size_t i;
  turnout_protocols_init(&spoken);
  turnout_protocols_add_websocket(&spoken);
  for (i = 0; i < MAX_CONNECTIONS; ++i) sessions[i].fd = -1;
  for (;;) {
    polled[MAX_CONNECTIONS].fd = listener;
    polled[MAX_CONNECTIONS].events = POLLIN;
    for (i = 0; i < MAX_CONNECTIONS; ++i) {
      polled[i].fd = sessions[i].fd;
      polled[i].events = sessions[i].out_size != 0 ? POLLOUT : POLLIN;
    }
    poll(polled, MAX_CONNECTIONS + 1, 1000);
    for (i = 0; i < MAX_CONNECTIONS; ++i) {
      if (polled[i].revents != 0 && sessions[i].fd >= 0) run(&sessions[i], polled[i].revents);
      if (sessions[i].fd >= 0 && time(NULL) > sessions[i].deadline) end(&sessions[i]);
    }
    if (polled[MAX_CONNECTIONS].revents != 0) open_session(listener);
  }
}
