/* turnout in C: the connections of a server, a client and a relay over memory of the caller.
 *
 * Compile turnout_c.cpp with a C++20 compiler, and link it together with the C++ library. It
 * allocates nothing. Everything works as <turnout/connection/...> says: *send, do, drop*.
 *
 * Objects are opaque and of a fixed size, live where the caller puts them, and must not be moved or
 * copied once they are initialized. Texts are not terminated. They view what was passed in: use
 * them before the input or the output buffer changes. NULL stands for no octets where a size is 0.
 */
#ifndef TURNOUT_C_H
#define TURNOUT_C_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Some octets, not terminated. */
typedef struct turnout_text {
  const char *octets;
  size_t size;
} turnout_text;

/* Why something failed: 0 is TURNOUT_OK. turnout_error_name() and turnout_explain() have words for
 * each code; codes may change their number with the minor version. */
typedef struct turnout_error {
  int code;
  size_t at; /* which octet of the input; with TURNOUT_NO_SPACE, how many octets of output it takes */
} turnout_error;

enum { TURNOUT_OK = 0, TURNOUT_NO_SPACE = 1 };

/* The name of a code, such as "bare_lf". */
turnout_text turnout_error_name(int code);
/* One sentence that says what is wrong, without its full stop. */
turnout_text turnout_explain(int code);
/* The section whose rule is broken, such as "RFC 9112 section 2.2". */
turnout_text turnout_section(int code);
/* The status code with which a server answers; 0 for what is no error. */
int turnout_status(int code);

/* ---- Protocols -------------------------------------------------------------------------------- */

/* The protocols that a server, a client or a relay speaks: at most TURNOUT_MAX_PROTOCOLS. */
enum { TURNOUT_MAX_PROTOCOLS = 8 };
typedef struct turnout_protocols {
  uint64_t opaque[160];
} turnout_protocols;

enum { TURNOUT_GET = 1, TURNOUT_POST = 2, TURNOUT_OPTIONS = 4 }; /* methods, to be combined */

/* Makes an empty list. */
void turnout_protocols_init(turnout_protocols *list);
/* Adds the WebSocket protocol. Returns 0 if the list is full. */
int turnout_protocols_add_websocket(turnout_protocols *list);
/* Adds another protocol.
 *
 * token: as in Upgrade, "name" or "name/version"; it stays the caller's and has to live on
 * methods: those with which it may be asked for; content: whether the request may have content
 * Returns 0 if the list is full, or the token is none. */
int turnout_protocols_add(turnout_protocols *list, const char *token, unsigned methods,
                          int content);

/* ---- A server's connection -------------------------------------------------------------------- */

typedef struct turnout_server {
  uint64_t opaque[20];
} turnout_server;

typedef enum turnout_server_need {
  TURNOUT_SERVER_MORE,     /* read more, and advance again */
  TURNOUT_SERVER_REQUEST,  /* look at the request; answer it, or advance to get its content first */
  TURNOUT_SERVER_DECISION, /* answer or refuse the offer; otherwise it is declined */
  TURNOUT_SERVER_CONNECT,  /* not asked for: CONNECT is refused */
  TURNOUT_SERVER_CONTENT,  /* use `content` */
  TURNOUT_SERVER_RESPONSE, /* the request is complete: respond and call turnout_server_responded() */
  TURNOUT_SERVER_SWITCHED, /* speak `protocol`, whose first octets are `rest` */
  TURNOUT_SERVER_CLOSE     /* close the connection */
} turnout_server_need;

/* One turn: send `output`, do what `need` says, drop `used` octets of the input. */
typedef struct turnout_server_turn {
  int need;
  turnout_text output;
  size_t used;
  turnout_error why;     /* with CLOSE: what is wrong, if anything is */
  turnout_text method;   /* with REQUEST and DECISION: "GET" */
  turnout_text target;   /* with REQUEST and DECISION: as it came */
  turnout_text content;  /* with CONTENT */
  turnout_text protocol; /* with DECISION: the client's first choice; with SWITCHED: what is spoken */
  turnout_text rest;     /* with SWITCHED: the first octets of the new protocol */
  uint64_t opaque[150];
} turnout_server_turn;

/* Makes a connection. The list has to live as long.
 * in_capacity: the size of the buffer with the input; a head that does not fit into it is refused */
void turnout_server_init(turnout_server *server, const turnout_protocols *spoken,
                         size_t in_capacity);
/* Takes one step. in: all octets that were read and not dropped; out: room, 1024 octets are enough
 * unless a turn says TURNOUT_NO_SPACE. */
void turnout_server_advance(turnout_server *server, const char *in, size_t in_size, char *out,
                            size_t out_size, turnout_server_turn *turn);
/* In the place of advance: the client sends no more, or is late (`late` not 0; answered with 408). */
void turnout_server_end(turnout_server *server, int late, const char *in, size_t in_size, char *out,
                        size_t out_size, turnout_server_turn *turn);
/* With a head: the value of the first line of a field, of any case. Returns 0 if there is none. */
int turnout_server_field(const turnout_server_turn *turn, const char *name, turnout_text *value);

/* What a server wants of a WebSocket; all zeros for the defaults. */
typedef struct turnout_terms {
  const char *const *origins;      /* whose pages may open it, "https://example.com"; NULL: all */
  size_t origin_count;             /* at most 16 */
  const char *const *subprotocols; /* that the server speaks; NULL: none */
  size_t subprotocol_count;        /* at most 16 */
  int deflate;                     /* whether messages may be compressed: permessage-deflate */
} turnout_terms;

/* Answers a decision: writes the 101, or the refusal that the fault of the offer asks for. `terms`
 * may be NULL, and matters to WebSockets alone. */
turnout_error turnout_server_answer(turnout_server *server, const turnout_server_turn *turn,
                                    const turnout_terms *terms, char *out, size_t out_size,
                                    turnout_text *written);
/* Writes a final response of 300 to 599 to whatever waits for one. */
turnout_error turnout_server_refuse(turnout_server *server, int status, char *out, size_t out_size,
                                    turnout_text *written);
/* Says that the caller has sent a response of its own, and whether that said `close`. */
turnout_error turnout_server_responded(turnout_server *server, int close);
/* The Connection line that a response of the caller's own has to have; often empty. */
turnout_text turnout_server_connection_line(const turnout_server *server);

/* ---- A client's connection -------------------------------------------------------------------- */

typedef struct turnout_client {
  uint64_t opaque[48];
} turnout_client;

typedef enum turnout_client_need {
  TURNOUT_CLIENT_MORE,         /* read more, and advance again */
  TURNOUT_CLIENT_SEND_CONTENT, /* not asked for: the request has no content */
  TURNOUT_CLIENT_INTERIM,      /* look at `status`; the answer is still to come */
  TURNOUT_CLIENT_RESPONSE,     /* look at `status`, which declines; its content follows */
  TURNOUT_CLIENT_RETRY,        /* the same, for a 426 */
  TURNOUT_CLIENT_CONTENT,      /* use `content` */
  TURNOUT_CLIENT_DONE,         /* the response is complete */
  TURNOUT_CLIENT_SWITCHED,     /* speak WebSocket, whose first octets are `rest` */
  TURNOUT_CLIENT_CLOSE         /* close the connection */
} turnout_client_need;

/* What a client asks for. The texts stay the caller's and have to live as long as the connection. */
typedef struct turnout_request {
  const char *target;       /* path and query; NULL: "/" */
  const char *host;         /* host, and the port where it is not the default */
  const char *origin;       /* NULL: none */
  const char *subprotocols; /* "chat, superchat"; NULL: none */
  unsigned char nonce[16];  /* good randomness, new for each connection */
} turnout_request;

typedef struct turnout_client_turn {
  int need;
  turnout_text output;
  size_t used;
  turnout_error why;
  int status;           /* with INTERIM, RESPONSE, RETRY and SWITCHED */
  turnout_text content; /* with CONTENT */
  turnout_text rest;    /* with SWITCHED */
  uint64_t opaque[130];
} turnout_client_turn;

/* Makes a connection that asks for a WebSocket. Fails if the subprotocols are no list.
 * in_capacity: as for a server */
turnout_error turnout_client_init(turnout_client *client, const turnout_request *request,
                                  size_t in_capacity);
/* Takes one step; the first one writes the request. */
void turnout_client_advance(turnout_client *client, const char *in, size_t in_size, char *out,
                            size_t out_size, turnout_client_turn *turn);
/* In the place of advance: the server sends no more, or is late. */
void turnout_client_end(turnout_client *client, int late, const char *in, size_t in_size, char *out,
                        size_t out_size, turnout_client_turn *turn);
/* With a head: the value of the first line of a field. Returns 0 if there is none. */
int turnout_client_field(const turnout_client_turn *turn, const char *name, turnout_text *value);

/* ---- A relay's two connections ---------------------------------------------------------------- */

typedef struct turnout_relay {
  uint64_t opaque[40];
} turnout_relay;

typedef enum turnout_side { TURNOUT_CLIENT_SIDE, TURNOUT_SERVER_SIDE } turnout_side;

typedef enum turnout_relay_need {
  TURNOUT_RELAY_MORE,         /* advance this side again; read more first if `idle` */
  TURNOUT_RELAY_WAIT,         /* leave this side until the other one has had a turn */
  TURNOUT_RELAY_REQUEST,      /* forward the request to a server, or refuse it */
  TURNOUT_RELAY_CONNECT,      /* not asked for: CONNECT is refused */
  TURNOUT_RELAY_CLOSE_SERVER, /* close the server's connection, and forget its octets */
  TURNOUT_RELAY_END_OUTPUT,   /* this side of a tunnel has ended: end the output to the other */
  TURNOUT_RELAY_CLOSE         /* close both connections */
} turnout_relay_need;

/* One turn of a side: send both, do what `need` says, drop `used` octets of that side's input. */
typedef struct turnout_relay_turn {
  int need;
  turnout_text to_client[3]; /* in this order; often empty */
  turnout_text to_server[3];
  size_t used;
  turnout_error why;
  int idle;              /* whether nothing was done, and nothing is asked for but octets */
  turnout_text method;   /* with REQUEST */
  turnout_text target;   /* with REQUEST */
  turnout_text protocol; /* with a head that went on: what both sides speak after it */
  uint64_t opaque[180];
} turnout_relay_turn;

/* Makes a relay that lets the protocols of the list pass. name: of the intermediary, for Via. Both
 * have to live as long.
 * in_capacity: of the smaller one of the two buffers with input; as for a server */
void turnout_relay_init(turnout_relay *relay, const turnout_protocols *allowed, const char *name,
                        size_t in_capacity);
/* Takes one step of one side. out: 32 KiB are enough for every head. */
void turnout_relay_advance(turnout_relay *relay, turnout_side side, const char *in, size_t in_size,
                           char *out, size_t out_size, turnout_relay_turn *turn);
/* In the place of advance: the side sends no more, or is late. */
void turnout_relay_end(turnout_relay *relay, turnout_side side, int late, const char *in,
                       size_t in_size, char *out, size_t out_size, turnout_relay_turn *turn);
/* Writes the head with which a request goes on. */
turnout_error turnout_relay_forward(turnout_relay *relay, const turnout_relay_turn *turn, char *out,
                                    size_t out_size, turnout_text *written);
/* Writes a final response of the intermediary's own to the client, such as 502. */
turnout_error turnout_relay_refuse(turnout_relay *relay, int status, char *out, size_t out_size,
                                   turnout_text *written);

/* ---- With the head of another parser ---------------------------------------------------------- */

/* What a request head says that another parser has read. */
typedef struct turnout_facts {
  uint64_t opaque[104];
} turnout_facts;

/* Begins a request head: its method, and the last digit of its version. */
void turnout_facts_init(turnout_facts *facts, const char *method, size_t method_size,
                        int minor_version);
/* Takes one field line. The value has to live as long as the facts. */
void turnout_facts_see(turnout_facts *facts, const char *name, size_t name_size, const char *value,
                       size_t value_size);
/* Checks the request, and writes the 101 that opens the WebSocket it asks for. Fails with the code
 * to refuse it for: turnout_status() has the status. */
turnout_error turnout_facts_open_websocket(const turnout_facts *facts, const turnout_terms *terms,
                                           char *out, size_t out_size, turnout_text *written);

#ifdef __cplusplus
}
#endif

#endif
