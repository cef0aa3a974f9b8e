/* limits.h: every bound on what comes from outside, each with its reason.
 *
 * A limit exists so that bad or hostile input is met with words in bounded time and memory. Each
 * has a test in tests/unit/test_limits.c or tests/cli/limit-*. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* A pack or scenario a person writes is under 200 KB; four megabytes is a mistake (a wrong file).
 */
#define LIMIT_FILE_BYTES (4u * 1024 * 1024)
/* A line in a scenario, pack or config file. Long alternations stay below 2 KB. */
#define LIMIT_LINE_BYTES 4096u
/* Lines in one file: keeps the tree of lines under a few megabytes. */
#define LIMIT_FILE_LINES 20000u
/* Levels of indentation; the formats need five. */
#define LIMIT_OUTLINE_DEPTH 12u
/* Diagnostics shown for one file: beyond this the first ones must be mended anyway. */
#define LIMIT_DIAGS_A_FILE 20u
/* Nesting of brackets and `not` in one condition: recursion stays shallow. */
#define LIMIT_EXPR_DEPTH 32u
/* Terms in one condition. */
#define LIMIT_EXPR_NODES 128u

/* One pattern with its lists put in: PCRE2's compiled size grows with it. */
#define LIMIT_PATTERN_BYTES (64u * 1024)
/* All patterns and lists of all packs, with their lists put in: ours take under half a megabyte. */
#define LIMIT_PATTERNS_BYTES (16u * 1024 * 1024)
/* Round brackets within each other in one pattern: with lists within lists below PCRE2's 250. */
#define LIMIT_PATTERN_GROUPS 24u
/* Lists within lists. */
#define LIMIT_LIST_DEPTH 8u
/* Lists in all packs together. */
#define LIMIT_LISTS 2048u
/* Lines of one `yes` or `no`: the few before the utterance that matter. */
#define LIMIT_TEST_LINES 32u
/* Moves in all packs together: sets of moves are bit sets of this size. */
#define LIMIT_MOVES 512u
/* Patterns in all packs together: start-up compiles each. */
#define LIMIT_RULES 16384u
/* Frameworks in all packs together. */
#define LIMIT_FRAMEWORKS 64u
/* Pack files loaded together: a school's own beside the shipped ones. */
#define LIMIT_PACKS 256u
/* Scenario, temperament and mentor files listed together. */
#define LIMIT_SCENARIOS 1024u

/* Deck files listed together, and prompts in one of them: ours have about forty. */
#define LIMIT_DECKS 256u
#define LIMIT_PROMPTS 1024u
/* Lines of talk in one prompt: the line to answer and the few before that matter. */
#define LIMIT_PROMPT_LINES 12u

/* Places at which `check` tries the better words of one scenario: a thousand of them after each of
 * four thousand lines would take minutes. Beyond it they are tried at the start and the end only.
 */
#define LIMIT_TRIALS 20000u

/* Conversations simulated in one run: an hour of two processors. */
#define LIMIT_RUNS 1000000u

/* PCRE2: internal match() calls for one search. Ordinary rules use under 3,000 on a long clause;
 * this stops `^(\w+\s?)*$` within a millisecond or two. */
#define LIMIT_MATCH_STEPS 40000u
/* PCRE2: kibibytes of heap for backtracking frames of one search. Reached only after
 * LIMIT_MATCH_STEPS could be, so that the verdict does not depend on it. */
#define LIMIT_MATCH_HEAP_KIB (20u * 1024)

/* An utterance in bytes. At 130 words a minute this is some ten minutes of talk: far past a
 * monologue. */
#define LIMIT_UTTERANCE_BYTES 8192u
/* One line read from a pipe or JSON Lines file before it is refused: leaves room for history. */
#define LIMIT_INPUT_LINE_BYTES (1024u * 1024)
/* A line passed over because it is too long: beyond this it has no end (</dev/zero), and waiting
 * for it would be waiting for ever. */
#define LIMIT_SKIPPED_BYTES (64u * 1024 * 1024)
/* A file of coded turns for `eval`: some forty thousand turns, a hundred times what anyone coded.
 */
#define LIMIT_GOLD_BYTES (16u * 1024 * 1024)
/* Nesting of JSON we accept; our own shapes need three. */
#define LIMIT_JSON_DEPTH 16u
/* Clauses in one utterance; the rest is heard as one last clause. */
#define LIMIT_CLAUSES 128u
/* A clause in bytes of folded text, some hundred words: whoever runs on without a full stop is
 * heard in pieces, cut at a comma or a blank. Searching takes quadratic time in the worst case. */
#define LIMIT_CLAUSE_BYTES 600u
/* Detections in one utterance, acts included; those past it are dropped, latest first. */
#define LIMIT_DETECTIONS 256u
/* Turns of one conversation: a session is ten to forty. Then the bell rings. */
#define LIMIT_TURNS 500u
/* ECT turns that echo features look back over, latest first. */
#define LIMIT_ECHO_TURNS 64u
/* Ways of saying something that a room votes on, or guesses it makes at once: more hold nobody's
 * attention. */
#define LIMIT_ROOM_LINES 5u
/* Votes, guesses and stops in one conversation of a room: it has an afternoon. */
#define LIMIT_ROOM_NOTES 100u
/* Patterns that an LLM's answer must not match: each is tried on every sentence. */
#define LIMIT_PROMPT_NEVER 50u
/* What was said, in one request for a second opinion: some six thousand tokens, which small models
 * can take beside the coding manual. A turn that is longer goes alone. */
#define LIMIT_OPINION_BYTES (24u * 1024)
/* An answer to it: forty turns with ten labels each take a quarter. */
#define LIMIT_OPINION_ANSWER_BYTES (64u * 1024)
/* Names that speak in a written exchange: more, and it is no conversation of two. */
#define LIMIT_SPEAKERS 64u
/* Lines of history in one `detect` object. */
#define LIMIT_BEFORE_LINES 500u

/* One text in the practice log, an utterance or a plan: ours are under 64 KB. */
#define LIMIT_STORE_TEXT_BYTES (1024u * 1024)
/* Events of one attempt: twenty for each of LIMIT_TURNS turns, hints and strikes counted in. */
#define LIMIT_EVENTS 10000u
/* One answer of a plan, or what a mentor writes when looking back: as much as can be said at once,
 * and far more than helps. */
#define LIMIT_PLAN_BYTES LIMIT_UTTERANCE_BYTES
/* Lines of a script in a plan: six to ten carry a conversation. */
#define LIMIT_PLAN_LINES 20u

/* A file of /save or export: a year of daily practice takes a tenth of it. */
#define LIMIT_RECORD_BYTES (64u * 1024 * 1024)

/* Things an author declares in one scenario: bit sets and tables stay small. */
#define LIMIT_TOPICS 64u
#define LIMIT_BEATS 128u
#define LIMIT_REPLIES 4096u
#define LIMIT_ENDINGS 32u
/* One ECT line: three sentences at most; `check` warns over 60 words. */
#define LIMIT_SPEECH_BYTES 1000u

#endif
