"""The scenarios that come with the program, one row each, and whether they are what a library promises:

    make library        or: REHEARSE=./rehearse python3 tests/library/table.py [scenarios/NAME.scenario …]

Made-up mentors of six styles hold 1000 conversations with each ECT; then the mentors' lines of 24 conversations that were
written for other ECTs are said to each (mentors.jsonl). Of 100 turns fewer than 12 and 15 may be met by a line that is not
about what was said, and none by words that were heard before in the last 12 turns while others fit; of 100 skilled mentors
60 end well and of 100 blunt ones no more than 15 (scenarios/mentors). Prints what is missed, and `N passed, N failed`.
"""
import collections
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

FALLBACK_SIMULATED = 12
FALLBACK_SAID = 15
LINES = 60
ENDINGS = 4
TELLS = 3
WINDOW = 12
HEAD = "%-28s %5s %5s %7s   %10s  %13s"
INTERACTIONS = ["diagnose", "agree_step", "watch_expert", "step_met", "step_not_met", "close_cycle", "opportunity"]

program = os.environ.get("REHEARSE", "./rehearse")
here = os.path.dirname(os.path.abspath(__file__))
counts = collections.Counter()
missed = []


def judge(holds, words):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        missed.append(words)


def run(*words, text=None):
    return subprocess.run([program, *words], input=text, capture_output=True, text=True, check=False)


def own_lines(path):
    """Wordings of the ECT's own, tells, endings; the model, which nobody says, left out."""
    name, part, tells, endings, said = "", "", 0, 0, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if re.match(r"\S", line):
                part = line.split()[0]
                endings += part == "ending"
                name = line.split()[1] if part == "persona" else name
            elif part == "tells" and re.match(r"  (about|when)\b", line):
                tells += 1
            elif part != "model" and (found := re.match(r"\s+%s: (.*)" % re.escape(name or "-"), line)):
                said.append(found[1])
    return said, tells, endings


def say(path):
    """The lines of those who spoke to others: turns, fallbacks, words that came again too soon."""
    turns = fallbacks = again = 0
    with open(os.path.join(here, "mentors.jsonl"), encoding="utf-8") as file:
        conversations = [json.loads(line)["mentor"] for line in file]
    for mentor in conversations:
        last = collections.deque(maxlen=WINDOW)
        given = run("play", "./" + path, "--no-log", "--seed", "3", "--format", "jsonl", text="\n".join(mentor) + "\n")
        for line in given.stdout.splitlines():
            event = json.loads(line)
            if event["event"] != "turn":
                continue
            turns += 1
            fallbacks += event["fallback"]
            again += event["ect"] in last
            last.append(event["ect"])
    return turns, fallbacks, again


def row(path):
    scenario = os.path.basename(path).removesuffix(".scenario")
    said, tells, endings = own_lines(path)
    played = run("simulate", path, "--format", "json")
    if played.returncode != 0 or not played.stdout:
        judge(False, "%s: cannot be played: %s" % (scenario, played.stderr))
        return said, "%-28s cannot be played" % scenario, []
    simulated = json.loads(played.stdout)
    styles = simulated["styles"]
    turns = sum(style["turns"] * style["runs"] for style in styles)
    fallback = 100 * sum(style["fallback"] * style["turns"] * style["runs"] for style in styles) / turns
    again = 100 * sum(style["repeats"] * style["turns"] * style["runs"] for style in styles) / turns
    mine = [line for line in simulated["lines"] if line["place"].startswith(scenario + ".scenario:")]
    heard = sum(1 for line in mine if line["said"])
    spoken, fallbacks, came_again = say(path)
    balance = run("check", "--balance", path)

    judge("0 errors, 0 warnings" in balance.stdout, "%s: %s" % (scenario, balance.stderr + balance.stdout))
    judge(fallback < FALLBACK_SIMULATED, "%s: simulated fallback of %.1f in 100" % (scenario, fallback))
    judge(100 * fallbacks < FALLBACK_SAID * spoken,
          "%s: fallback of %d in %d turns said to others" % (scenario, fallbacks, spoken))
    judge(again < 0.05 and came_again == 0, "%s: words that came again within %d turns" % (scenario, WINDOW))
    judge(len(said) >= LINES and endings >= ENDINGS and tells >= TELLS,
          "%s: %d lines, %d tells, %d endings" % (scenario, len(said), tells, endings))
    shown = "%-28s %5d %5d %7d   %3d of %3d  %5.1f /%5.1f  " % (
        scenario, len(said), tells, endings, heard, len(mine), fallback, 100 * fallbacks / max(1, spoken))
    return said, shown + "".join("%9.0f" % (100 * style["good"]) for style in styles), [each["style"] for each in styles]


def main():
    paths = sys.argv[1:] or sorted(glob.glob("scenarios/*.scenario"))
    owners = collections.defaultdict(set)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, (said, shown, styles) in zip(paths, pool.map(row, paths)):
            if path == paths[0]:
                print(HEAD % ("", "own", "", "", "heard", "fallback in 100") + "of 100 end well, by style of mentor")
                print(HEAD % ("", "lines", "tells", "endings", "of them", "made-up/said") + "".join(
                    "%9s" % style for style in styles))
            print(shown, flush=True)
            for line in said:
                words = re.sub(r"\([^)]*\)", "", line).strip().lower()
                if len(words.split()) >= 5:
                    owners[words].add(path)
    for words, found in owners.items():
        if len(found) > 1:
            missed.append("two ECTs say “%s”: %s" % (words, ", ".join(sorted(found))))
    judge(all(len(found) == 1 for found in owners.values()), "two ECTs say the same")
    if not sys.argv[1:]:
        listed = [json.loads(line) for line in run("list", "--shipped-only", "--format", "jsonl").stdout.splitlines()]
        there = {each["interaction"] for each in listed}
        judge(set(INTERACTIONS) <= there, "no scenario for " + ", ".join(sorted(set(INTERACTIONS) - there)))
        judge(len({each["name"] for each in listed}) == len(listed), "two ECTs of one name")
    for words in missed:
        print(words)
    print("%d passed, %d failed" % (counts["passed"], counts["failed"]))
    return 1 if counts["failed"] else 0


sys.exit(main())
