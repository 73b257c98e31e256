/* libwebsockets: `client URL` or `server`, as python_peers.py. */
#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 65536 };

static struct {
  const char *subprotocol;
  int next, echoed, refused, done;
} saw = {"", 0, 1, 101, 0};

/* What comes, message by message. */
struct session {
  unsigned char octets[LWS_PRE + MOST];
  size_t size;
  int binary;
};

static const char *text(int which) {
  static char many[10001];
  if (which != 2) return which == 0 ? "Hello" : "";
  memset(many, 'm', 10000);
  return many;
}

static int collect(struct session *s, struct lws *with, const void *in, size_t size) {
  if (lws_is_first_fragment(with)) s->size = 0;
  if (s->size + size > MOST) return 0;
  memcpy(s->octets + LWS_PRE + s->size, in, size);
  s->size += size;
  s->binary = lws_frame_is_binary(with);
  return lws_is_final_fragment(with);
}

static int client(struct lws *with, enum lws_callback_reasons why, void *user, void *in, size_t size) {
  struct session *s = user;
  switch (why) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
      saw.subprotocol = lws_get_protocol(with)->name;
      lws_callback_on_writable(with);
      break;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
      if (saw.next == 3) {
        lws_close_reason(with, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
        return -1;
      }
      s->size = strlen(text(saw.next));
      memcpy(s->octets + LWS_PRE, text(saw.next), s->size);
      lws_write(with, s->octets + LWS_PRE, s->size, LWS_WRITE_TEXT);
      break;
    case LWS_CALLBACK_CLIENT_RECEIVE:
      if (!collect(s, with, in, size)) break;
      saw.echoed = saw.echoed && s->size == strlen(text(saw.next)) &&
                   memcmp(s->octets + LWS_PRE, text(saw.next), s->size) == 0;
      saw.next++;
      lws_callback_on_writable(with);
      break;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      saw.refused = (int)lws_http_client_http_response(with);
      saw.done = 1;
      break;
    case LWS_CALLBACK_CLIENT_CLOSED:
      saw.done = 1;
      break;
    default:
      break;
  }
  return 0;
}

static int server(struct lws *with, enum lws_callback_reasons why, void *user, void *in, size_t size) {
  struct session *s = user;
  if (why == LWS_CALLBACK_RECEIVE && collect(s, with, in, size)) lws_callback_on_writable(with);
  if (why == LWS_CALLBACK_SERVER_WRITEABLE)
    lws_write(with, s->octets + LWS_PRE, s->size, s->binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT);
  return 0;
}

static const struct lws_extension extensions[] = {
    {"permessage-deflate", lws_extension_callback_pm_deflate,
     "permessage-deflate; client_no_context_takeover; client_max_window_bits"},
    {NULL, NULL, NULL}};

static void open_at(struct lws_context *context, int port, const char *path) {
  struct lws_client_connect_info info;
  char host[32];
  snprintf(host, sizeof host, "127.0.0.1:%d", port);
  memset(&info, 0, sizeof info);
  info.context = context;
  info.address = "127.0.0.1";
  info.port = port;
  info.path = path;
  info.host = host;
  info.protocol = "zzz,chat";
  info.local_protocol_name = "chat";
  saw.done = 0;
  lws_client_connect_via_info(&info);
  while (!saw.done) lws_service(context, 0);
}

int main(int argc, char **argv) {
  const struct lws_protocols protocols[] = {
      {"chat", argc > 2 ? client : server, sizeof(struct session), MOST, 0, NULL, 0},
      {NULL, NULL, 0, 0, 0, NULL, 0}};
  struct lws_context_creation_info info;
  struct lws_context *context;
  lws_set_log_level(0, NULL);
  memset(&info, 0, sizeof info);
  info.protocols = protocols;
  info.extensions = extensions;
  info.iface = "lo";
  info.port = argc > 2 ? CONTEXT_PORT_NO_LISTEN : 0;
  context = lws_create_context(&info);
  if (context == NULL) return 1;
  if (argc > 2) {
    const int port = atoi(strrchr(argv[2], ':') + 1);
    open_at(context, port, "/echo");
    open_at(context, port, "/none");
    printf("{\"subprotocol\": \"%s\", \"echoed\": %s, \"refused\": %d}\n", saw.subprotocol,
           saw.echoed ? "true" : "false", saw.refused);
    return 0;
  }
  printf("%d\n", lws_get_vhost_listen_port(lws_get_vhost_by_name(context, "default")));
  fflush(stdout);
  while (lws_service(context, 0) >= 0) continue;
  return 0;
}
