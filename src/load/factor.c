/* factor.c: see factor.h.
 *
 * An alternative that begins with anything but a plain character, or that holds a group with a
 * number, stays where it is, and those around it do not cross it. */
#include "load/factor.h"

/* Groups within groups that are followed; PCRE2 itself stops at 250. */
#define DEPTH 120u
/* Characters in common that are drawn out, one by one. */
#define LEVELS 3u
/* Fewer alternatives than this are as fast as they are. */
#define WORTH_IT 4u

struct branch {
	struct slice text; /* as it stands, or rewritten in the arena; at == NULL once it was put */
	bool fixed; /* holds a numbered group: is not to change its place */
};

struct rewriting {
	struct slice text;
	size_t at;
	struct arena *arena;
	unsigned depth;
	bool lost; /* met something it does not know */
};

static char peek(const struct rewriting *rewriting, size_t ahead)
{
	size_t at = rewriting->at + ahead;

	return at < rewriting->text.len ? rewriting->text.at[at] : '\0';
}

static void pass(struct rewriting *rewriting, size_t bytes)
{
	rewriting->at += bytes;
	if (rewriting->at > rewriting->text.len)
		rewriting->lost = true;
}

static bool is_plain(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == ' ' ||
	       byte == '\'';
}

/* The character the alternative must begin with, or 0 when that is not one plain character. */
static char head(const struct branch *branch)
{
	struct slice text = branch->text;

	if (branch->fixed || text.len == 0 || !is_plain(text.at[0]) ||
	    (text.len > 1 && strchr("?*+{", text.at[1])))
		return '\0';
	return text.at[0];
}

static void put_branches(struct arena *arena, struct branch *branches, size_t count, unsigned level,
                         struct strbuf *out);

/* All that begin with `byte`, up to the first that may not be crossed, as one alternative. */
static void put_kind(struct arena *arena, struct branch *branches, size_t count, char byte,
                     unsigned level, struct strbuf *out)
{
	struct branch *kind = ARENA_ARRAY(arena, struct branch, count);
	size_t found = 0;
	size_t i;

	for (i = 0; i < count && (!branches[i].text.at || head(&branches[i])); i++) {
		if (!branches[i].text.at || head(&branches[i]) != byte)
			continue;
		kind[found++].text = slice_sub(branches[i].text, 1, branches[i].text.len);
		branches[i].text = (struct slice){NULL, 0};
	}
	strbuf_addc(out, byte);
	if (found == 1) {
		strbuf_add(out, kind[0].text);
		return;
	}
	strbuf_addz(out, "(?:");
	put_branches(arena, kind, found, level + 1, out);
	strbuf_addc(out, ')');
}

static void put_branches(struct arena *arena, struct branch *branches, size_t count, unsigned level,
                         struct strbuf *out)
{
	bool worth_it = level < LEVELS && count >= WORTH_IT;
	bool first = true;
	size_t i;

	for (i = 0; i < count; i++) {
		char byte;

		if (!branches[i].text.at)
			continue;
		if (!first)
			strbuf_addc(out, '|');
		first = false;
		byte = worth_it ? head(&branches[i]) : '\0';
		if (byte)
			put_kind(arena, branches + i, count - i, byte, level, out);
		else
			strbuf_add(out, branches[i].text);
	}
}

/* Two of them begin alike, with none between that may not be crossed. */
static bool share_heads(const struct branch *branches, size_t count)
{
	bool seen[128] = {0};
	size_t i;

	for (i = 0; i < count; i++) {
		char byte = head(&branches[i]);

		if (!byte)
			memset(seen, 0, sizeof(seen));
		else if (seen[(unsigned char)byte])
			return true;
		else
			seen[(unsigned char)byte] = true;
	}
	return false;
}

static void pass_class(struct rewriting *rewriting)
{
	pass(rewriting, 1);
	if (peek(rewriting, 0) == '^')
		pass(rewriting, 1);
	if (peek(rewriting, 0) == ']')
		pass(rewriting, 1);
	while (!rewriting->lost && peek(rewriting, 0) != ']') {
		if ((peek(rewriting, 0) == '[' && strchr(":.=", peek(rewriting, 1))) ||
		    (peek(rewriting, 0) == '\\' && strchr("QE", peek(rewriting, 1)))) {
			rewriting->lost = true;
			return;
		}
		pass(rewriting, peek(rewriting, 0) == '\\' ? 2 : 1);
	}
	pass(rewriting, 1);
}

/* What a bracket opens: how many bytes say so, 0 for what is not known. */
static size_t opening(const struct rewriting *rewriting, bool *numbered, bool *behind)
{
	size_t len = 3;

	*numbered = *behind = false;
	if (peek(rewriting, 1) == '*')
		return 0;
	if (peek(rewriting, 1) != '?') {
		*numbered = true;
		return 1;
	}
	switch (peek(rewriting, 2)) {
	case ':':
	case '=':
	case '!':
	case '>':
		return 3;
	case '<':
		*behind = peek(rewriting, 3) == '=' || peek(rewriting, 3) == '!';
		if (*behind)
			return 4;
		*numbered = true;
		while (is_plain(peek(rewriting, len)) || peek(rewriting, len) == '_')
			len++;
		return peek(rewriting, len) == '>' ? len + 1 : 0;
	default:
		return 0;
	}
}

/* Within a lookbehind each alternative must have a length: it stays as it is. */
static void pass_behind(struct rewriting *rewriting)
{
	unsigned depth = 1;

	while (!rewriting->lost) {
		char byte = peek(rewriting, 0);

		if (byte == '[') {
			pass_class(rewriting);
			continue;
		}
		if (byte == '(')
			depth++;
		else if (byte == ')' && --depth == 0)
			return;
		pass(rewriting, byte == '\\' ? 2 : 1);
	}
}

static struct slice rewrite(struct rewriting *rewriting, bool *numbered);

/* A group: adds to `out` what stands from `*raw` up to its alternatives, and these, if they were
 * rewritten; then `*raw` is where they end. */
static void rewrite_group(struct rewriting *rewriting, bool *numbered, size_t *raw,
                          struct strbuf *out)
{
	bool behind;
	bool own;
	size_t len = opening(rewriting, &own, &behind);
	struct slice inner;
	size_t from;

	if (len == 0 || rewriting->depth >= DEPTH) {
		rewriting->lost = true;
		return;
	}
	*numbered = *numbered || own || behind;
	pass(rewriting, len);
	from = rewriting->at;
	if (behind) {
		pass_behind(rewriting);
	} else {
		rewriting->depth++;
		inner = rewrite(rewriting, numbered);
		rewriting->depth--;
		if (inner.at != rewriting->text.at + from) {
			strbuf_add(out, slice_sub(rewriting->text, *raw, from));
			strbuf_add(out, inner);
			*raw = rewriting->at;
		}
	}
	if (peek(rewriting, 0) != ')')
		rewriting->lost = true;
	pass(rewriting, 1);
}

/* One alternative, up to `|`, `)` or the end. */
static struct branch read_branch(struct rewriting *rewriting)
{
	struct branch branch = {0};
	struct strbuf text = {0};
	size_t raw = rewriting->at;

	while (!rewriting->lost && rewriting->at < rewriting->text.len) {
		char byte = peek(rewriting, 0);

		if (byte == '|' || byte == ')')
			break;
		if (byte == '(')
			rewrite_group(rewriting, &branch.fixed, &raw, &text);
		else if (byte == '[')
			pass_class(rewriting);
		else if (byte == '\\' && strchr("QEc", peek(rewriting, 1)))
			rewriting->lost = true;
		else
			pass(rewriting, byte == '\\' ? 2 : 1);
	}
	branch.text = slice_sub(rewriting->text, raw, rewriting->at);
	if (text.len) {
		strbuf_add(&text, branch.text);
		branch.text = slice_copy(rewriting->arena, strbuf_slice(&text));
	}
	strbuf_release(&text);
	return branch;
}

/* Alternatives, up to `)` or the end; as they stand unless there was something to gain. */
static struct slice rewrite(struct rewriting *rewriting, bool *numbered)
{
	size_t from = rewriting->at;
	struct slice result = slice_sub(rewriting->text, from, rewriting->text.len);
	const char *at = result.at;
	struct branch *branches = NULL;
	struct strbuf text = {0};
	bool changed = false;
	size_t count = 0;
	size_t cap = 0;

	while (!rewriting->lost) {
		branches =
		        arena_grow(rewriting->arena, branches, &cap, count + 1, sizeof(*branches));
		branches[count] = read_branch(rewriting);
		*numbered = *numbered || branches[count].fixed;
		changed = changed || branches[count].text.at != at;
		count++;
		if (peek(rewriting, 0) != '|')
			break;
		rewriting->at++;
		at = rewriting->text.at + rewriting->at;
	}
	if (!rewriting->lost && (changed || (count >= WORTH_IT && share_heads(branches, count)))) {
		put_branches(rewriting->arena, branches, count, 0, &text);
		result = slice_copy(rewriting->arena, strbuf_slice(&text));
		strbuf_release(&text);
		return result;
	}
	return slice_sub(result, 0, rewriting->at - from);
}

bool factor(struct slice pattern, struct strbuf *out)
{
	struct arena arena;
	struct rewriting rewriting = {.text = pattern, .arena = &arena};
	bool numbered = false;
	struct slice result;
	bool gained;

	arena_init(&arena);
	result = rewrite(&rewriting, &numbered);
	gained = !rewriting.lost && rewriting.at == pattern.len && result.at != pattern.at;
	if (gained)
		strbuf_add(out, result);
	arena_release(&arena);
	return gained;
}
