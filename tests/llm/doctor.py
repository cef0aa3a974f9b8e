"""`rehearse doctor` with a server: says what is set, never the key; asks nothing without consent; says what to do."""
import os
import re
import subprocess
import sys

from stub import Stub

KEY = "sk-test-0123456789abcdef-not-to-be-shown"
stub = Stub()
host = stub.url.removeprefix("http://")
failed = []


def check(name, got, wanted):
    if got != wanted:
        failed.append(name)
        print("%s\n  got    %r\n  wanted %r" % (name, got, wanted))


def doctor(path, *words, **more):
    """What it says of the LLM, wrapped lines joined, figures as N; and its exit."""
    settings = {"REHEARSE_LLM_URL": stub.url + "/" + path, "REHEARSE_LLM_KEY": KEY, "REHEARSE_LLM_TIMEOUT": "1"}
    run = subprocess.run(["rehearse", "doctor", "--plain", *words], env={**os.environ, **settings, **more}, text=True,
                         capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    check(path + ": the key is not shown", KEY[:12] in run.stdout + run.stderr, False)
    check(path + ": nothing on standard error", run.stderr, "")
    text = run.stdout.replace("\n", " ")
    answer = re.sub(r"\d+\.\d\d s", "N s", text.partition("Its answer: ")[2].strip())
    return answer, run.returncode


ASK = "not asked for: "
check("nobody to ask", doctor("ok"), (ASK + "nobody is here to say whether it may be; ‘--consent %s’ says so" % host, 0))
check("another host", doctor("ok", "--consent", "example.org"), (ASK + "consent was given to another host", 1))
check("nothing was sent", stub.log, [])
check("well", doctor("ok", "--consent", host), ("well: the first words after N s, all of it after N s", 0))
check("consent was kept", doctor("ok"), ("well: the first words after N s, all of it after N s", 0))
for path, words in {
    "401": "the LLM's server does not accept the key: the stub's own words; look at REHEARSE_LLM_KEY, or at the file "
           "of the key",
    "404": "the LLM's server knows no such address or model: the stub's own words; look at the address, and at "
           "REHEARSE_LLM_MODEL",
    "429": "the LLM's server has had too many requests: the stub's own words; it asks for 7 s of patience",
    "500": "the LLM's server failed (500): the stub's own words; see what the server itself says about it",
    "503": "the LLM's server is not ready yet: the stub's own words; try again when it has loaded its model",
    "hang": "the LLM took longer than 1 second; REHEARSE_LLM_TIMEOUT gives it more seconds; a smaller model is faster",
    "cut-head": "the LLM's server broke off in the middle; try again, and see what the server itself says about it",
    "redirect": "the LLM's server sends us elsewhere (302), which is not followed; does it speak as OpenAI's "
                "/v1/chat/completions at that address?",
}.items():
    check(path, doctor(path), ("none: " + words, 1))
check("silent", doctor("silent"),
      ("without a word; REHEARSE_LLM_TOKENS gives it more, if it thinks first", 1))
stub.close()
check("refused", doctor("ok"),
      ("none: nobody answers at the LLM's address; is the server started, and is that its address?", 1))
sys.exit(1 if failed else 0)
