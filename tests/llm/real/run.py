"""The same program against llama.cpp itself, with a tiny model of random weights: `make test-llm-real` sets it up.

python3 run.py FOLDER (with node_modules and random.gguf); needs UNIT and REHEARSE, as tests/run has them. Prints figures.
"""
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.abspath(sys.argv[1])
scratch = tempfile.mkdtemp()
failed = []


def claim(name, holds, seen=""):
    print("%s  %s" % ("ok    " if holds else "FAILED", name), "" if holds else repr(seen)[:600])
    if not holds:
        failed.append(name)


class Server:
    """llama.cpp behind HTTP, and what it said happened."""

    def __init__(self, port=None):
        self.process = subprocess.Popen(["node", here + "/server.mjs", folder, folder + "/random.gguf"] +
                                        ([port] if port else []), text=True, stdout=subprocess.PIPE)
        self.url = self.process.stdout.readline().strip()
        self.host = self.url.removeprefix("http://")
        self.lines = []
        self.more = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            with self.more:
                self.lines.append(line.strip())
                self.more.notify_all()

    def wait(self, words, count, seconds=20):
        with self.more:
            return self.more.wait_for(lambda: self.lines.count(words) >= count, seconds)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def environment(url, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REHEARSE_LLM_")}
    return {**kept, "HOME": scratch, "XDG_DATA_HOME": scratch, "XDG_CONFIG_HOME": scratch, "ASK_TIMES": "1",
            # Its surest words: others of its words are single bytes, NUL too, which is refused.
            "REHEARSE_LLM_TEMPERATURE": "0",
            "REHEARSE_LLM_URL": url, **more}


def start(url, **more):
    return subprocess.Popen([scratch + "/ask"], env=environment(url, **more), text=True, bufsize=1,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ask(process, words="How did it feel from the front?"):
    process.stdin.write(words + "\n")
    return json.loads(process.stdout.readline())


def judge_play(server):
    """Its words mean nothing: each line shown is one that passed the guard, or the script's."""
    played = subprocess.run(["rehearse", "play", "same-three-hands", "--llm", "--consent", server.host, "--format",
                             "jsonl"], text=True, input="hi sam, how did it feel?\nquiet?\n\nwhat stopped you\n",
                            env=environment(server.url), capture_output=True, timeout=300)
    events = [json.loads(line) for line in played.stdout.splitlines()]
    turns = [event for event in events if event["event"] == "turn"]
    claim("a conversation is played to its debrief", played.returncode == 0 and len(turns) == 4 and
          events[-1]["event"] == "debrief" and all(turn["ect"] for turn in turns), played.stdout + played.stderr)
    log = subprocess.run(["rehearse", "export", "--llm", "--format", "jsonl"], text=True, capture_output=True,
                         env=environment(server.url)).stdout
    wires = [json.loads(line) for line in log.splitlines()]
    claim("all that went and came is in the log", len(wires) == 4 and all(json.loads(wire["sent"]) and wire["outcome"]
                                                                          for wire in wires), log)
    print("        outcomes of four turns: " + ", ".join(wire["outcome"] for wire in wires))


def judge_opinion(server):
    """What is no JSON is no opinion, and the review stands as it is without."""
    talk = scratch + "/talk.txt"
    with open(talk, "w", encoding="utf-8") as file:
        file.write("Sam: Hi.\nMentor: How did it feel?\nSam: Quiet.\nMentor: Quiet?\n")
    alone = subprocess.run(["rehearse", "review", talk], text=True, capture_output=True, env=environment(server.url))
    both = subprocess.run(["rehearse", "review", talk, "--second-opinion", "--consent", server.host], text=True,
                          capture_output=True, env=environment(server.url, REHEARSE_LLM_TOKENS="60"), timeout=300)
    claim("a second opinion in no language is told, and the review stands", both.stdout.startswith(alone.stdout) and
          len(both.stderr.strip().splitlines()) == 1, both.stdout + both.stderr)


def judge_killed(server):
    """In the middle of an answer."""
    process = start(server.url, REHEARSE_LLM_TOKENS="4000", REHEARSE_LLM_TIMEOUT="30")
    process.stdin.write("go on\n")
    begun = process.stderr.readline()
    server.kill()
    turn = json.loads(process.stdout.readline())
    claim("one that is killed in the middle is told, with what it had said", begun == "begun\n" and
          turn["outcome"] == "cut" and (turn.get("answer") or turn.get("bytes")), turn)
    process.communicate()


def main():
    shutil.copy(os.environ["UNIT"] + "/ask", scratch + "/ask")
    os.symlink(os.path.abspath(os.environ["REHEARSE"]) + "-llm", scratch + "/ask-llm")
    server = Server()
    url, host = server.url, server.host

    process = start(url, REHEARSE_LLM_TOKENS="40")
    turns = [ask(process) for _ in range(20)]
    claim("twenty turns are answered", all(turn["outcome"] == "done" and turn.get("answer") for turn in turns), turns)
    first = [turn["first"] * 1000 for turn in turns]
    print("        time to first word: median %.1f ms, most %.1f ms" % (statistics.median(first), max(first)))
    print("        whole answer of 40 tokens: median %.1f ms" % (1000 * statistics.median(
        turn["seconds"] for turn in turns)))

    claim("all on one connection", (server.lines.count("connection"), server.lines.count("request")) == (1, 20),
          server.lines)

    late = start(url, REHEARSE_LLM_TOKENS="4000", REHEARSE_LLM_TIMEOUT="1")
    turn = ask(late, "go on " * 200)
    claim("an answer that is too long for its time is cut off in time",
          turn["outcome"] in ("timeout", "done") and turn["seconds"] < 2.5, turn)
    late.communicate()

    judge_play(server)
    judge_opinion(server)

    missing = subprocess.run(["rehearse", "doctor", "--plain", "--consent", host], text=True, capture_output=True,
                             env=environment(url + "/other/chat/completions"), timeout=60)
    claim("an address it does not know is told", missing.returncode == 1 and "no such address" in missing.stdout,
          missing.stdout)

    claim("no connection is left but that of who is still there", server.wait(
        "closed", server.lines.count("connection") - 1), server.lines)

    server.kill()
    turn = ask(process)
    claim("a server that was killed is refused", turn["outcome"] == "refused", turn)
    print("        lost to a dead server: %.1f ms" % (1000 * turn["seconds"]))
    server = Server(server.host.rsplit(":", 1)[1])
    turn = ask(process)
    claim("one that came back is asked again", turn["outcome"] == "done", turn)
    judge_killed(server)
    process.communicate()
    claim("ask ends well", process.returncode == 0)
    shutil.rmtree(scratch)
    print("%d failed" % len(failed))
    return 1 if failed else 0


sys.exit(main())
