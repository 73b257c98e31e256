/* The server's handshake for Python: turnout.accept(head, subprotocols=()). */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "turnout.h"

static turnout_protocols spoken;

static PyObject *accept_websocket(PyObject *self, PyObject *arguments) {
  const char *head;
  Py_ssize_t size;
  PyObject *names = NULL;
  const char *subprotocols[16];
  turnout_terms terms = {0};
  turnout_server server;
  turnout_server_turn turn;
  turnout_text written;
  turnout_error error;
  char out[1024];
  (void)self;
  if (!PyArg_ParseTuple(arguments, "y#|O!", &head, &size, &PyTuple_Type, &names)) return NULL;
  for (Py_ssize_t i = 0; names != NULL && i < PyTuple_GET_SIZE(names) && i < 16; ++i) {
    subprotocols[i] = PyUnicode_AsUTF8(PyTuple_GET_ITEM(names, i));
    if (subprotocols[i] == NULL) return NULL;
    terms.subprotocol_count = (size_t)i + 1;
  }
  terms.subprotocols = subprotocols;
  turnout_server_init(&server, &spoken, 1 << 16);
  turnout_server_advance(&server, head, (size_t)size, out, sizeof out, &turn);
  if (turn.need == TURNOUT_SERVER_MORE) Py_RETURN_NONE;
  if (turn.need == TURNOUT_SERVER_DECISION) {
    error = turnout_server_answer(&server, &turn, &terms, out, sizeof out, &written);
    if (error.code == TURNOUT_OK)
      return Py_BuildValue("y#n", written.octets, (Py_ssize_t)written.size,
                           (Py_ssize_t)turn.used);
  } else {
    error = turn.why;
  }
  written = turnout_explain(error.code);
  if (error.code == TURNOUT_OK)
    PyErr_SetString(PyExc_ValueError, "this asks for no WebSocket");
  else if ((names = PyUnicode_FromStringAndSize(written.octets, (Py_ssize_t)written.size))) {
    PyErr_SetObject(PyExc_ValueError, names);
    Py_DECREF(names);
  }
  return NULL;
}

static PyMethodDef methods[] = {
    {"accept", accept_websocket, METH_VARARGS,
     "accept(head, subprotocols=()) -> (response, used)\n\n"
     "Reads the head of a request for a WebSocket, and writes the 101, or the refusal that its\n"
     "fault asks for; used says how many octets of the input the head has. None if the head is not\n"
     "complete. ValueError if it asks for no WebSocket, or is malformed."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "turnout", NULL, -1, methods,
                                        NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_turnout(void) {
  turnout_protocols_init(&spoken);
  turnout_protocols_add_websocket(&spoken);
  return PyModule_Create(&definition);
}
