"""Runs a command with an LLM that answers what is asked for a second opinion from a file, or goes wrong:

    python3 answers.py ANSWERS|FAULT rehearse review talk.txt --second-opinion --consent 127.0.0.1:PORT

ANSWERS has one answer after the other, parted by lines of `==`; FAULT is one of stub.py's. PORT stands for the port in
the command and in what it says.
"""
import os
import subprocess
import sys

import stub


def main():
    what, command = sys.argv[1], sys.argv[2:]
    answers = []
    if os.path.exists(what):
        with open(what, encoding="utf-8") as file:
            answers = file.read().split("==\n")
        what = "opinion"

    def opinion(request):
        if "by a manual" not in request.body["messages"][0]["content"]:
            return request.do_ok()
        text = answers.pop(0)
        half = len(text) // 2
        return request.stream(stub.chunk(text[:half]), stub.chunk(text[half:]), stub.STOP)

    stub.Request.do_opinion = opinion
    server = stub.Stub()
    port = str(server.port)
    environment = {**os.environ, "REHEARSE_LLM_URL": server.url + "/" + what}
    command = [word.replace("PORT", port) for word in command]
    if sys.stdout.isatty():
        return subprocess.run(command, env=environment).returncode
    done = subprocess.run(command, env=environment, capture_output=True)
    for stream, words in ((sys.stdout, done.stdout), (sys.stderr, done.stderr)):
        stream.buffer.write(words.replace(port.encode(), b"PORT"))
        stream.flush()
    return done.returncode


sys.exit(main())
