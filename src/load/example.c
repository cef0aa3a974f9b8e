/* example.c: see example.h. One pass over the pattern; a group is read once to count its branches
 * and once more to follow one. */
#include "load/example.h"

#include "base/limits.h"

struct guess {
	struct slice text;
	size_t at;
	size_t depth;
	uint64_t *chance;
};

/* What stands before a quantifier. */
enum atom { ATOM_WORDS, ATOM_LETTER, ATOM_DIGIT, ATOM_BLANK, ATOM_ANY, ATOM_NOTHING };

uint64_t chance_next(uint64_t *chance)
{
	uint64_t mixed = *chance += UINT64_C(0x9E3779B97F4A7C15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
	return mixed ^ (mixed >> 31);
}

uint32_t chance_below(uint64_t *chance, uint32_t bound)
{
	return (uint32_t)((chance_next(chance) >> 32) * bound >> 32);
}

static void alternation(struct guess *guess, struct strbuf *out);

static bool more(const struct guess *guess)
{
	return guess->at < guess->text.len;
}

static char here(const struct guess *guess)
{
	return more(guess) ? guess->text.at[guess->at] : '\0';
}

/* Behind a `[…]` whose `[` was taken. */
static void skip_class(struct guess *guess)
{
	bool first = true;

	if (here(guess) == '^')
		guess->at++;
	for (; more(guess) && (first || here(guess) != ']'); first = false)
		guess->at += here(guess) == '\\' ? 2 : 1;
	guess->at++;
}

/* Moves to the next `|` or `)` of this level. */
static void skip_branch(struct guess *guess)
{
	size_t depth = 0;

	while (more(guess)) {
		char c = here(guess);

		if (depth == 0 && (c == '|' || c == ')'))
			return;
		guess->at += c == '\\' ? 2 : 1;
		if (c == '[')
			skip_class(guess);
		else if (c == '(')
			depth++;
		else if (c == ')')
			depth--;
	}
}

/* Behind the `)` of a group whose branch at hand was left. */
static void close_group(struct guess *guess)
{
	while (here(guess) == '|') {
		guess->at++;
		skip_branch(guess);
	}
	if (here(guess) == ')')
		guess->at++;
}

static enum atom class_atom(struct guess *guess, struct strbuf *out)
{
	size_t from = guess->at;
	bool none_of = here(guess) == '^';
	char c;

	skip_class(guess);
	if (none_of)
		return ATOM_BLANK;
	c = from < guess->text.len ? guess->text.at[from] : '\0';
	if (slice_starts(slice_sub(guess->text, from, guess->text.len), SLICE("\\d")))
		return ATOM_DIGIT;
	if (c == '\\' || c == '\0' || (unsigned char)c >= 0x80)
		return ATOM_LETTER;
	strbuf_addc(out, c);
	return ATOM_NOTHING;
}

static enum atom escaped(struct guess *guess, struct strbuf *out)
{
	char c = here(guess);

	guess->at += more(guess);
	switch (c) {
	case 'w':
		return ATOM_LETTER;
	case 'S':
		return ATOM_WORDS;
	case 'd':
		return ATOM_DIGIT;
	case 's':
	case 'W':
	case 'D':
	case 'h':
		return ATOM_BLANK;
	case 'p':
	case 'P':
		if (here(guess) == '{')
			guess->at += slice_find(slice_sub(guess->text, guess->at, guess->text.len),
			                        SLICE("}"));
		guess->at += more(guess);
		return ATOM_LETTER;
	default:
		break;
	}
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || !c)
		return ATOM_NOTHING; /* \b, \K, a group's number … */
	strbuf_addc(out, c);
	return ATOM_NOTHING;
}

/* Behind `(`. */
static void group(struct guess *guess, struct strbuf *out)
{
	struct slice rest = slice_sub(guess->text, guess->at, guess->text.len);
	bool looks = slice_starts(rest, SLICE("?=")) || slice_starts(rest, SLICE("?!")) ||
	             slice_starts(rest, SLICE("?<=")) || slice_starts(rest, SLICE("?<!"));

	if (looks || guess->depth >= LIMIT_PATTERN_GROUPS + LIMIT_LIST_DEPTH) {
		skip_branch(guess);
		close_group(guess);
		return;
	}
	if (here(guess) == '?') {
		while (more(guess) && here(guess) != ':' && here(guess) != '>' &&
		       here(guess) != ')')
			guess->at++;
		guess->at += here(guess) != ')';
	}
	guess->depth++;
	alternation(guess, out);
	guess->depth--;
	close_group(guess);
}

static enum atom take_atom(struct guess *guess, struct strbuf *out)
{
	char c = here(guess);

	guess->at++;
	switch (c) {
	case '\\':
		return escaped(guess, out);
	case '[':
		return class_atom(guess, out);
	case '(':
		group(guess, out);
		return ATOM_NOTHING;
	case '.':
		return ATOM_ANY;
	case '^':
	case '$':
		return ATOM_NOTHING;
	default:
		strbuf_addc(out, c);
	}
	while (more(guess) && ((unsigned char)here(guess) & 0xc0) == 0x80)
		strbuf_addc(out, guess->text.at[guess->at++]);
	return ATOM_NOTHING;
}

/* How often the atom may stand. */
static void take_quantifier(struct guess *guess, uint32_t *least, uint32_t *most, bool *given)
{
	char c = here(guess);

	*least = *most = 1;
	*given = true;
	if (c == '?' || c == '*') {
		*least = 0;
		*most = c == '?' ? 1 : 2;
		guess->at++;
	} else if (c == '+') {
		*most = 2;
		guess->at++;
	} else if (c == '{' && guess->at + 1 < guess->text.len &&
	           guess->text.at[guess->at + 1] >= '0' && guess->text.at[guess->at + 1] <= '9') {
		*least = 0;
		for (guess->at++; here(guess) >= '0' && here(guess) <= '9' && *least < 40;
		     guess->at++)
			*least = *least * 10 + (uint32_t)(here(guess) - '0');
		*most = *least;
		while (more(guess) && here(guess) != '}')
			*most += guess->text.at[guess->at++] == ',';
		guess->at += more(guess);
	} else {
		*given = false;
	}
	if (*given && (here(guess) == '?' || here(guess) == '+'))
		guess->at++;
}

static void add_atom(struct guess *guess, enum atom atom, bool many, struct strbuf *out)
{
	static const char *const words[] = {"it", "that", "them", "really", "all", "so"};

	switch (atom) {
	case ATOM_WORDS:
		strbuf_addz(out, words[chance_below(guess->chance, 6)]);
		break;
	case ATOM_LETTER:
		if (many)
			strbuf_addz(out, words[chance_below(guess->chance, 6)]);
		else
			strbuf_addc(out, 's');
		break;
	case ATOM_DIGIT:
		strbuf_addc(out, (char)('1' + chance_below(guess->chance, 9)));
		break;
	case ATOM_BLANK:
	case ATOM_ANY:
		if (out->len && out->at[out->len - 1] != ' ')
			strbuf_addc(out, ' ');
		break;
	case ATOM_NOTHING:
		break;
	}
}

static void sequence(struct guess *guess, struct strbuf *out)
{
	while (more(guess) && here(guess) != '|' && here(guess) != ')') {
		size_t before = out->len;
		enum atom atom = take_atom(guess, out);
		uint32_t least;
		uint32_t most;
		uint32_t times;
		bool given;

		take_quantifier(guess, &least, &most, &given);
		times = least + (most > least ? chance_below(guess->chance, most - least + 1) : 0);
		if (atom == ATOM_LETTER && given) {
			/* What goes on with a word (`cold.?call\w*`) need not. */
			if (least > 0 || (out->len == 0 || out->at[out->len - 1] == ' '))
				add_atom(guess, atom, true, out);
		} else if (atom == ATOM_ANY && given) {
			add_atom(guess, atom, true, out);
		} else if (atom != ATOM_NOTHING) {
			for (; times; times--)
				add_atom(guess, atom, false, out);
		} else if (times == 0 && out->len > before) {
			out->len = before;
			out->at[before] = '\0';
		}
	}
}

static void alternation(struct guess *guess, struct strbuf *out)
{
	size_t from = guess->at;
	uint32_t branches = 1;
	uint32_t chosen;

	for (skip_branch(guess); here(guess) == '|'; skip_branch(guess)) {
		guess->at++;
		branches++;
	}
	guess->at = from;
	for (chosen = chance_below(guess->chance, branches); chosen; chosen--) {
		skip_branch(guess);
		guess->at++;
	}
	sequence(guess, out);
}

void example_of(struct slice pattern, uint64_t *chance, struct strbuf *out)
{
	struct guess guess = {.text = pattern, .chance = chance};

	alternation(&guess, out);
}
