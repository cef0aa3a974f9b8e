"""A server that speaks as an OpenAI-compatible one, and goes wrong as its path says: http://127.0.0.1:PORT/hang.

For tests: `Stub()` listens on a port of the system's choice; ready when made. By itself, for looking at:
python3 tests/llm/stub.py [PORT]
"""
import json
import socket
import ssl
import sys
import threading


def chunk(text=None, reason=None, index=0, **more):
    """One event of a stream."""
    delta = {} if text is None else {"content": text}
    choice = {"index": index, "delta": delta, "finish_reason": reason, **more}
    return event({"object": "chat.completion.chunk", "choices": [choice]})


def event(value):
    return b"data: " + json.dumps(value).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"
STOP = chunk(reason="stop") + DONE


class Stub:
    """`log` has a line for each thing that happened; `wait` waits for one."""

    def __init__(self, port=0, certificate=None):
        self.log = []
        self.changed = threading.Condition()
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.socket.listen(16)
        self.port = self.socket.getsockname()[1]
        self.tls = None
        self.open = []
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*certificate)
        self.url = "http%s://127.0.0.1:%d" % ("s" if certificate else "", self.port)
        threading.Thread(target=self.serve, daemon=True).start()

    def note(self, words):
        with self.changed:
            self.log.append(words)
            self.changed.notify_all()

    def wait(self, words, seconds=20):
        with self.changed:
            if not self.changed.wait_for(lambda: words in self.log, seconds):
                raise TimeoutError("the server never noted " + words)

    def close(self):
        """As a server that died: nobody listens, and what was open is gone."""
        for each in [self.socket, *self.open]:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    def serve(self):
        number = 0
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            number += 1
            self.open.append(connection)
            threading.Thread(target=self.talk, args=(connection, number), daemon=True).start()

    def talk(self, connection, number):
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                self.open.append(connection)
            elif connection.recv(1, socket.MSG_PEEK) == b"\x16":  # TLS's hello, answered as servers without it do
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return
            reader = connection.makefile("rb")
            count = 0
            while True:
                request = Request(self, connection, reader, number, count + 1)
                if not request.read():
                    break
                count += 1
                if not request.answer():
                    break
        except (OSError, ValueError):
            pass
        finally:
            try:
                connection.close()
            except OSError:
                pass
            self.note("closed %d" % number)


class Request:
    def __init__(self, stub, connection, reader, number, count):
        self.stub, self.connection, self.reader, self.number, self.count = stub, connection, reader, number, count
        self.headers = {}
        self.body = {}
        self.fault = ""

    def read(self):
        line = self.reader.readline().decode("latin-1").split()
        if len(line) < 2:
            return False
        self.fault = line[1].strip("/").split("/")[0]
        if line[0] == "CONNECT":
            self.fault = "connect"
        while True:
            header = self.reader.readline().decode("latin-1").rstrip("\r\n")
            if not header:
                break
            name, _, value = header.partition(":")
            self.headers[name.lower()] = value.strip()
        body = self.reader.read(int(self.headers.get("content-length", 0)))
        self.body = json.loads(body) if body else {}
        self.stub.note("asked " + self.fault)
        return True

    def send(self, *parts):
        for part in parts:
            self.connection.sendall(part)

    def head(self, status="200 OK", kind="text/event-stream", *headers):
        self.send("\r\n".join(["HTTP/1.1 " + status, "Content-Type: " + kind, *headers, "", ""]).encode())

    def whole(self, status, value, *headers, kind="application/json"):
        """An answer in one piece; the connection stays open."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.head(status, kind, "Content-Length: %d" % len(body), *headers)
        self.send(body)
        return True

    def stream(self, *events):
        """A stream, as it should be; the connection stays open."""
        self.head("200 OK", "text/event-stream", "Transfer-Encoding: chunked")
        for each in events:
            self.send(b"%x\r\n" % len(each), each, b"\r\n")
        self.send(b"0\r\n\r\n")
        return True

    def until_closed(self):
        while self.connection.recv(4096):
            pass

    def answer(self):
        fault = self.fault
        if fault.isdigit():
            headers = ["Retry-After: 7"] if fault == "429" else []
            return self.whole(fault + " Trouble", {"error": {"message": "the stub's own words"}}, *headers)
        return getattr(self, "do_" + fault.replace("-", "_"), self.do_ok)()

    def do_ok(self):
        return self.stream(chunk(role="assistant"), chunk("It was "), chunk("fine."), STOP)

    def do_silent(self):
        return self.stream(chunk(role="assistant"), STOP)

    def do_which(self):
        return self.stream(chunk("connection %d, request %d" % (self.number, self.count)), STOP)

    def do_what(self):
        """What was sent, without the messages' text."""
        told = {name: self.body.get(name) for name in ("model", "stream", "temperature", "max_tokens")}
        told["roles"] = [message["role"] for message in self.body["messages"]]
        told["key"] = "authorization" in self.headers
        return self.stream(chunk(json.dumps(told)), STOP)

    def do_whole(self):
        choice = {"index": 0, "message": {"role": "assistant", "content": "All at once."}, "finish_reason": "stop"}
        return self.whole("200 OK", {"object": "chat.completion", "choices": [choice]})

    def do_redirect(self):
        return self.whole("302 Found", {}, "Location: /ok/v1/chat/completions")

    def do_html(self):
        return self.whole("200 OK", b"<html>Please log in</html>", kind="text/html")

    def do_echo(self):
        """Repeats the key just where a shortened message would part it."""
        words = "x" * 110 + " " + self.headers.get("authorization", "")
        return self.whole("401 No", {"error": {"message": words}})

    def do_echo_stream(self):
        words = "x" * 110 + " " + self.headers.get("authorization", "")
        return self.stream(event({"error": {"message": words}}))

    def do_hang(self):
        self.until_closed()

    def do_begin(self):
        """Says a little, then nothing."""
        self.head()
        self.send(chunk("It was "))
        self.until_closed()

    def do_slow(self):
        self.head()
        wait = threading.Event()
        for byte in chunk("It was fine."):
            self.send(bytes([byte]))
            wait.wait(1)

    def do_linger(self):
        """Ends the answer, and not the stream."""
        self.head()
        self.send(chunk("It was fine."), STOP)
        self.until_closed()

    def do_cut(self):
        self.head("200 OK", "text/event-stream", "Transfer-Encoding: chunked")
        self.send(b"1000\r\n", chunk("It was "), chunk("fine.")[:30])

    def do_cut_event(self):
        """In the middle of an event, with what looks like an end to HTTP."""
        self.head("200 OK", "text/event-stream", "Connection: close")
        self.send(chunk("It was "), chunk("fine.")[:30])

    def do_cut_head(self):
        self.send(b"HTTP/1.1 200 OK\r\nContent-Ty")

    def do_close(self):
        """Answers nothing at all."""

    def do_broken(self):
        return self.stream(chunk("It was "), b'data: {"choices": [{"delta": \n\n')

    def do_other(self):
        return self.stream(b'data: ["no", "answer"]\n\n')

    def do_null(self):
        first = event({"choices": [{"index": 0, "delta": {"role": "assistant", "content": None}}]})
        usage = event({"choices": [], "usage": {"total_tokens": 3}})
        return self.stream(b": comment\n\n", first, chunk("It was fine."), chunk(reason="stop"), usage, DONE)

    def do_several(self):
        return self.stream(chunk("It "), chunk("NOT ", index=1), chunk("was fine."), chunk("THIS", index=1), STOP)

    def do_one_byte(self):
        self.head("200 OK", "text/event-stream", "Connection: close")
        for byte in chunk("It was fine: d\u00e9j\u00e0.") + STOP:
            self.send(bytes([byte]))

    def do_enormous(self):
        self.head()
        piece = chunk("word " * 800)
        while True:
            self.send(piece)

    def do_thinking(self):
        """No words of an answer, and no end: thoughts, as some models have."""
        self.head()
        piece = event({"choices": [{"index": 0, "delta": {"reasoning_content": "hm " * 1000}}]})
        while True:
            self.send(piece)

    def do_no_line(self):
        self.head()
        self.send(b"data: ")
        while True:
            self.send(b"x" * 4096)

    def do_page(self):
        """An error's page without end."""
        self.head("500 Trouble", "text/html")
        while True:
            self.send(b"x" * 4096)

    def do_nul(self):
        return self.stream(b'data: {"choices":[{"index":0,"delta":{"content":"a\\u0000b"}}]}\n\n', STOP)

    def do_raw_nul(self):
        return self.stream(b'data: {"choices":[{"index":0,"delta":{"content":"a\0b"}}]}\n\n', STOP)

    def do_latin(self):
        return self.stream(b'data: {"choices":[{"index":0,"delta":{"content":"d\xe9j\xe0"}}]}\n\n', STOP)

    def do_escape(self):
        return self.stream(chunk("\x1b[31mred\x07\u202e"), STOP)

    def do_escape_error(self):
        return self.whole("500 Trouble", {"error": {"message": "\x1b[2J\x1b]0;title\x07gone\nNext"}})

    def do_dead_end(self):
        """The answer is whole, but the connection, said to be kept, is not."""
        self.stream(chunk("connection %d" % self.number), STOP)

    def do_connect(self):
        return self.whole("403 Forbidden", {})


if __name__ == "__main__":
    stub = Stub(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    print(stub.url, flush=True)
    threading.Event().wait()
