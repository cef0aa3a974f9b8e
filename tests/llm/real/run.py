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

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.abspath(sys.argv[1])
scratch = tempfile.mkdtemp()
failed = []


def claim(name, holds, seen=""):
    print("%s  %s" % ("ok    " if holds else "FAILED", name), "" if holds else repr(seen))
    if not holds:
        failed.append(name)


def start_server():
    server = subprocess.Popen(["node", here + "/server.mjs", folder, folder + "/random.gguf"], text=True,
                              stdout=subprocess.PIPE)
    return server, server.stdout.readline().strip()


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


def main():
    shutil.copy(os.environ["UNIT"] + "/ask", scratch + "/ask")
    os.symlink(os.path.abspath(os.environ["REHEARSE"]) + "-llm", scratch + "/ask-llm")
    server, url = start_server()
    host = url.removeprefix("http://")

    process = start(url, REHEARSE_LLM_TOKENS="40")
    turns = [ask(process) for _ in range(20)]
    claim("twenty turns are answered", all(turn["outcome"] == "done" and turn.get("answer") for turn in turns), turns)
    first = [turn["first"] * 1000 for turn in turns]
    print("        time to first word: median %.1f ms, most %.1f ms" % (statistics.median(first), max(first)))
    print("        whole answer of 40 tokens: median %.1f ms" % (1000 * statistics.median(
        turn["seconds"] for turn in turns)))

    late = start(url, REHEARSE_LLM_TOKENS="4000", REHEARSE_LLM_TIMEOUT="1")
    turn = ask(late, "go on " * 200)
    claim("an answer that is too long for its time is cut off in time",
          turn["outcome"] in ("timeout", "done") and turn["seconds"] < 2.5, turn)
    late.communicate()

    played = subprocess.run(["rehearse", "play", "same-three-hands", "--llm", "--consent", host], text=True,
                            input="hi sam, how did it feel?\nquiet?\n\n", env=environment(url), capture_output=True,
                            timeout=300)
    claim("a conversation is played to its debrief", played.returncode == 0 and "Sam" in played.stdout,
          played.stdout + played.stderr)

    missing = subprocess.run(["rehearse", "doctor", "--plain", "--consent", host], text=True, capture_output=True,
                             env=environment(url + "/other/chat/completions"), timeout=60)
    claim("an address it does not know is told", missing.returncode == 1 and "no such address" in missing.stdout,
          missing.stdout)

    server.send_signal(signal.SIGKILL)
    server.wait()
    turn = ask(process)
    claim("a server that was killed is refused", turn["outcome"] == "refused", turn)
    print("        lost to a dead server: %.1f ms" % (1000 * turn["seconds"]))
    process.communicate()
    claim("ask ends well", process.returncode == 0)
    shutil.rmtree(scratch)
    print("%d failed" % len(failed))
    return 1 if failed else 0


sys.exit(main())
