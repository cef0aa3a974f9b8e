"""Whatever a server, a proxy or the network does: one outcome, one sentence, in time, and nothing left behind."""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

from processes import children, wait_gone
from stub import Stub

KEY = "sk-test-0123456789abcdef-not-to-be-shown"
FINE = {"outcome": "done", "answer": "It was fine."}
CUT = {"outcome": "cut", "message": "the LLM's server broke off in the middle"}
LATE = {"outcome": "timeout", "message": "the LLM took longer than 1 second"}
LONG = {"outcome": "too_long", "message": "the LLM's answer has no end"}
OWN = ": the stub's own words"
MANY = "the LLM's server has had too many requests"

# Path: the line that ask prints; `says` alone begins the message, where the rest is a library's wording.
TABLE = {
    "ok": FINE,
    "whole": {"outcome": "done", "answer": "All at once."},
    "401": {"outcome": "auth", "message": "the LLM's server does not accept the key" + OWN},
    "403": {"outcome": "auth", "message": "the LLM's server does not accept the key" + OWN},
    "404": {"outcome": "not_found", "message": "the LLM's server knows no such address or model" + OWN},
    "429": {"outcome": "rate", "message": MANY + OWN, "retry_after": 7},
    "500": {"outcome": "server", "message": "the LLM's server failed (500)" + OWN},
    "503": {"outcome": "loading", "message": "the LLM's server is not ready yet" + OWN},
    "400": {"outcome": "protocol", "message": "the LLM's server refused the request (400)" + OWN},
    "204": {"outcome": "protocol", "message": "the LLM's server refused the request (204)"},
    "redirect": {
        "outcome": "protocol",
        "message": "the LLM's server sends us elsewhere (302), which is not followed",
    },
    "html": {"outcome": "protocol", "says": "the LLM's server sent what is no answer: "},
    "echo": {"outcome": "auth", "message": "the LLM's server does not accept the key"},
    "echo-stream": {"outcome": "server", "message": "the LLM's server gave up: it does not say why"},
    "hang": LATE,
    "begin": {**LATE, "answer": "It was "},
    "slow": LATE,
    "linger": FINE,
    "cut": {**CUT, "answer": "It was "},
    "cut-event": {**CUT, "answer": "It was "},
    "cut-head": CUT,
    "close": CUT,
    "broken": {"outcome": "protocol", "says": "the LLM's server sent what is no answer: ", "answer": "It was "},
    "other": {"outcome": "protocol", "message": "the LLM's server sent what is no answer: no answer in it"},
    "null": FINE,
    "several": FINE,
    "one-byte": {"outcome": "done", "answer": "It was fine: d\u00e9j\u00e0."},
    "enormous": {"outcome": "done", "bytes": True},
    "thinking": LONG,
    "no-line": LONG,
    "page": {"outcome": "server", "message": "the LLM's server failed (500)"},
    "nul": {"outcome": "protocol", "says": "the LLM's server sent what is no answer: "},
    "raw-nul": {"outcome": "protocol", "says": "the LLM's server sent what is no answer: "},
    "latin": {"outcome": "protocol", "says": "the LLM's server sent what is no answer: "},
    "escape": {"outcome": "done", "answer": "\x1b[31mred\x07\u202e"},
    "escape-error": {
        "outcome": "server",
        "message": "the LLM's server failed (500): \ufffd[2J\ufffd]0;title\ufffdgone Next",
    },
}

folder = tempfile.mkdtemp()
ask_program = os.path.join(folder, "ask")
failed = []
said = []


def environment(url, **more):
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    kept.pop("SSL_CERT_FILE", None)
    return {**kept, "REHEARSE_LLM_URL": url, "REHEARSE_LLM_KEY": KEY, "REHEARSE_LLM_TIMEOUT": "1", **more}


def start(url, **more):
    return subprocess.Popen([ask_program], env=environment(url, **more), text=True, bufsize=1,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ask(process, words="How did it feel?"):
    process.stdin.write(words + "\n")
    line = process.stdout.readline()
    said.append(line)
    return json.loads(line) if line.startswith("{") else {"line": line}


def finish(name, process):
    """It ends by itself, without a leak."""
    out, err = process.communicate(timeout=30)
    said.extend([out, err])
    check(name + ": ends well", (process.returncode, err.replace("begun\n", "")), (0, ""))


def check(name, got, wanted):
    if isinstance(wanted, dict):
        wanted = dict(wanted)
        if "says" in wanted and got.get("message", "").startswith(wanted["says"]):
            wanted["message"] = got["message"]
        wanted.pop("says", None)
        if wanted.get("bytes") is True:
            wanted["bytes"] = got.get("bytes")
    if got != wanted:
        failed.append(name)
        print("%s\n  got    %r\n  wanted %r" % (name, got, wanted))


def once(name, url, wanted, **more):
    process = start(url, **more)
    check(name, ask(process), wanted)
    finish(name, process)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def certificate():
    files = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", "2", "-subj", "/CN=stub", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-keyout", files[1], "-out", files[0]], check=True, capture_output=True)
    return files


# Each claim is a function: its name says what holds.

def faults_of_a_server_are_one_outcome_and_one_sentence(stub):
    with ThreadPoolExecutor(4) as pool:
        for path, wanted in TABLE.items():
            pool.submit(guarded, lambda stub, path=path, wanted=wanted: once(path, stub.url + "/" + path, wanted),
                        stub)
    stub.wait("asked redirect")
    count = stub.log.count("asked ok")
    check("a redirect is not followed", count, 1)


def nobody_there_is_told(stub):
    refused = {"outcome": "refused", "message": "nobody answers at the LLM's address"}
    once("refused", "http://127.0.0.1:%d" % free_port(), refused)
    once("refused by the whole of this machine", "http://127.9.9.9:%d" % free_port(), refused)
    once("dns", "https://rehearse.invalid",
         {"outcome": "dns", "message": "there is no such host as the LLM's address names"},
         REHEARSE_LLM_TIMEOUT="20")


def proxies_are_honoured_and_told_apart(stub):
    down = "http://127.0.0.1:%d" % free_port()
    said_down = {"outcome": "refused", "message": "nobody answers at the proxy that is set"}
    once("proxy down", "https://rehearse.invalid", said_down, https_proxy=down)
    once("proxy down, plain", "http://rehearse.invalid", said_down, http_proxy=down, REHEARSE_LLM_PLAIN_HTTP="yes")
    once("proxy unknown", "https://rehearse.invalid",
         {"outcome": "dns", "message": "there is no such host as the proxy that is set"},
         https_proxy="http://proxy.invalid:3128", REHEARSE_LLM_TIMEOUT="20")
    once("proxy refuses", "https://rehearse.invalid",
         {"outcome": "refused", "message": "the proxy that is set lets nobody through (403)"}, https_proxy=stub.url)
    once("this machine without a proxy", stub.url + "/ok", FINE, http_proxy=down)
    once("through a proxy", "http://rehearse.invalid/through", FINE, http_proxy=stub.url,
         REHEARSE_LLM_PLAIN_HTTP="yes")


def who_it_is_is_always_verified(stub):
    files = certificate()
    safe = Stub(certificate=files)
    unknown = {"outcome": "tls", "says": "the LLM's server cannot prove who it is ("}
    once("tls, unknown", safe.url, unknown)
    once("tls, known", safe.url, FINE, SSL_CERT_FILE=files[0])
    once("tls, another name", safe.url.replace("127.0.0.1", "localhost"), unknown, SSL_CERT_FILE=files[0])
    once("tls, no file", safe.url,
         {"outcome": "tls", "message": "the file of certificates that is set cannot be read"},
         SSL_CERT_FILE=os.path.join(folder, "none"))
    once("no tls at all", stub.url.replace("http:", "https:"),
         {"outcome": "tls", "message": "no safe connection to the LLM's server can be made; does it speak https?"})
    check("nothing was asked but once", safe.log.count("asked v1"), 1)
    process = start(safe.url, SSL_CERT_FILE=files[0])
    check("tls, before it dies", ask(process), FINE)
    safe.close()
    check("tls, after it died", ask(process)["outcome"], "refused")
    finish("tls, dies", process)


def addresses_that_would_give_it_away_are_refused(stub):
    plain = {
        "outcome": "config",
        "message": "plain http to another machine would let others read along; use https, or say "
                   "REHEARSE_LLM_PLAIN_HTTP=yes",
    }
    once("plain http", "http://192.0.2.1:9", plain)
    once("plain http to what looks like this machine", "http://127.0.0.1.rehearse.invalid", plain)
    once("plain http to whom this machine is a user", "http://localhost@rehearse.invalid", plain)
    for url in ("ftp://127.0.0.1", "file:///etc/passwd", "127.0.0.1:80", "https:///rehearse.invalid", "https://"):
        once(url, url, {
            "outcome": "config",
            "message": "the address of the LLM is no http or https URL: write for instance http://127.0.0.1:8080",
        })


def a_connection_is_kept_and_mended(stub):
    process = start(stub.url + "/which")
    first = ask(process)["answer"].split(",")[0]
    check("connection kept", ask(process)["answer"], first + ", request 2")
    finish("which", process)
    process = start(stub.url + "/dead-end")
    first = ask(process)["answer"]
    number = first.split()[1]
    stub.wait("closed " + number)
    second = ask(process)
    check("connection mended", (second["outcome"], second["answer"] != first), ("done", True))
    finish("dead-end", process)


def what_is_asked_is_what_was_set(stub):
    process = start(stub.url + "/what", REHEARSE_LLM_MODEL="tiny", REHEARSE_LLM_TEMPERATURE="0.3",
                    REHEARSE_LLM_TOKENS="99")
    check("what", json.loads(ask(process)["answer"]), {
        "model": "tiny", "stream": True, "temperature": 0.3, "max_tokens": 99, "roles": ["user"], "key": True})
    finish("what", process)


def a_server_may_die_and_come_back_between_turns(stub):
    one = Stub()
    process = start(one.url)
    check("before", ask(process), FINE)
    helper = children(process.pid)
    one.close()
    check("dead", ask(process), {"outcome": "refused", "message": "nobody answers at the LLM's address"})
    Stub(one.port)
    check("back", ask(process), FINE)
    check("the same program all along", children(process.pid), helper)
    finish("dies", process)


def the_program_may_die_between_turns(stub):
    process = start(stub.url)
    check("before", ask(process), FINE)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    check("started again", ask(process), FINE)
    check("one program", len(children(process.pid)), 1)
    finish("killed", process)


def the_program_may_die_within_an_answer(stub):
    mine = Stub()
    process = start(mine.url + "/hang", REHEARSE_LLM_TIMEOUT="60")
    process.stdin.write("How did it feel?\n")
    mine.wait("asked hang")
    os.kill(children(process.pid)[0], signal.SIGKILL)
    line = process.stdout.readline()
    check("died", json.loads(line), {"outcome": "died", "message": "rehearse-llm ended in the middle of an answer"})
    finish("died", process)


def a_program_that_hangs_costs_no_more_than_the_limit(stub):
    process = start(stub.url)
    check("before", ask(process), FINE)
    helper = children(process.pid)[0]
    os.kill(helper, signal.SIGSTOP)
    check("stopped", ask(process), {"outcome": "timeout", "message": "the LLM did not answer in time"})
    check("ended", wait_gone(helper), True)
    check("after", ask(process), FINE)
    os.kill(children(process.pid)[0], signal.SIGSTOP)
    # More than a pipe holds: even writing must not wait for ever.
    check("stopped, and much to say", ask(process, "words " * 10000 + "\u20ac" * 20000)["outcome"], "timeout")
    check("after much", ask(process), FINE)
    finish("stopped", process)


def nothing_outlives_a_killed_program(stub):
    for path in ("hang", "ok"):
        mine = Stub()
        process = start(mine.url + "/" + path, REHEARSE_LLM_TIMEOUT="60")
        process.stdin.write("How did it feel?\n")
        if path == "ok":
            process.stdout.readline()
        mine.wait("asked " + path)
        helper = children(process.pid)[0]
        with open("/proc/%d/cmdline" % helper, "rb") as file:
            check("no argument", file.read(), b"rehearse-llm\0")
        process.kill()
        process.communicate()
        check("%s: rehearse-llm is gone" % path, wait_gone(helper), True)
        mine.wait("closed 1")


def the_program_itself_gives_back_what_it_takes(stub):
    """Ended by the end of its input, as a leak would otherwise not be seen: whoever asks kills it."""
    request = json.dumps({"messages": [{"role": "user", "content": "Well?"}], "temperature": 1, "max_tokens": 9})

    def run(url, last):
        settings = json.dumps({"url": url, "model": "m", "key": KEY, "timeout": 1, "plain_http": False})
        process = subprocess.Popen([ask_program + "-llm"], env=environment(url), text=True, bufsize=1,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(settings + "\n")
        for _ in range(2):
            process.stdin.write(request + "\n")
            line = {}
            while line is not None and not {"done", "error"} & line.keys():
                line = json.loads(process.stdout.readline())
            check(url + ": its last line", line.get("error", "done"), last)
        finish(url + ": by itself", process)

    with ThreadPoolExecutor(4) as pool:
        for path in ("ok", "whole", "401", "hang", "cut", "broken", "several", "thinking", "enormous", "page", "close"):
            last = "too_long" if path == "enormous" else TABLE[path]["outcome"]
            pool.submit(guarded, lambda stub, path=path, last=last: run(stub.url + "/" + path, last), stub)
    run("http://127.0.0.1:%d" % free_port(), "refused")
    run("http://192.0.2.1", "config")


def what_has_no_program_is_told(stub):
    elsewhere = os.path.join(folder, "elsewhere")
    os.mkdir(elsewhere)
    alone = os.path.join(elsewhere, "ask")
    shutil.copy(ask_program, alone)
    os.symlink("/bin/true", alone + "-llm")
    process = subprocess.Popen([alone], env=environment(stub.url), text=True, bufsize=1, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    check("ends at once", ask(process)["outcome"], "died")
    finish("ends at once", process)


def guarded(claim, stub):
    try:
        claim(stub)
    except Exception as trouble:  # one claim must not hide the others
        failed.append(str(claim))
        print("%s: %s: %s" % (getattr(claim, "__name__", claim), type(trouble).__name__, trouble))


def main():
    shutil.copy(os.path.join(os.environ["UNIT"], "ask"), ask_program)
    os.symlink(os.environ["REHEARSE"] + "-llm", ask_program + "-llm")
    stub = Stub()
    claims = [claim for name, claim in globals().items()
              if callable(claim) and getattr(claim, "__code__", None) and claim.__code__.co_varnames[:1] == ("stub",)
              and claim.__code__.co_argcount == 1]
    try:
        for claim in claims:
            guarded(claim, stub)
        check("claims were found", len(claims) > 10, True)
        check("the key is never shown", any(KEY[:12] in line for line in said), False)
    finally:
        shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
