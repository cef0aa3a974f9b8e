"""A conversation in a pipe that is told to go, while an LLM is waited for: it goes, `rehearse-llm` with it, the log has
what was said."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

from processes import children, wait_gone
from stub import Stub

failed = []


def check(name, got, wanted):
    if got != wanted:
        failed.append(name)
        print("%s\n  got    %r\n  wanted %r" % (name, got, wanted))


def busy_port():
    """Where nobody ever takes a connection: one that is never accepted, and those that fill its queue."""
    sockets = [socket.socket()]
    sockets[0].bind(("127.0.0.1", 0))
    sockets[0].listen(0)
    for _ in range(4):
        sockets.append(socket.socket())
        sockets[-1].setblocking(False)
        sockets[-1].connect_ex(sockets[0].getsockname())
    return sockets


def helper_of(pid):
    beat = threading.Event()
    for _ in range(1000):
        if children(pid):
            return children(pid)[0]
        beat.wait(0.02)
    raise TimeoutError("rehearse-llm was never started")


def leave(name, sign, port, path, wait):
    home = tempfile.mkdtemp()
    kept = {word: value for word, value in os.environ.items() if not word.lower().endswith("_proxy")}
    environment = {**kept, "HOME": home, "XDG_DATA_HOME": home, "REHEARSE_LLM_TIMEOUT": "600",
                   "REHEARSE_LLM_URL": "http://127.0.0.1:%d%s" % (port, path)}
    process = subprocess.Popen([os.environ["REHEARSE"], "play", "same-three-hands", "--llm", "--consent",
                                "127.0.0.1:%d" % port], env=environment, text=True, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write("how did it feel from the front?\nand then?\n")
    process.stdin.flush()
    helper = helper_of(process.pid)
    wait()
    process.send_signal(sign)
    process.communicate(timeout=30)
    check(name + ": it goes", process.returncode in (-sign, 128 + sign), True)
    check(name + ": rehearse-llm is gone", wait_gone(helper), True)
    log = subprocess.run([os.environ["REHEARSE"], "export"], env=environment, text=True, capture_output=True).stdout
    check(name + ": what was said is kept", "how did it feel from the front?" in log, True)
    shutil.rmtree(home)


def main():
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        stub = Stub()
        leave("%s, no answer" % sign.name, sign, stub.port, "/hang", lambda: stub.wait("asked hang"))
    full = busy_port()
    leave("no connection", signal.SIGINT, full[0].getsockname()[1], "", lambda: None)
    return 1 if failed else 0


sys.exit(main())
