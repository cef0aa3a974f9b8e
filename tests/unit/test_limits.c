/* test_limits.c: bounds of base/limits.h that no other test reaches: at the bound all is well, past
 * it is said which bound, how much and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/limits.h"
#include "load/regex.h"
#include "load/ruleset.h"

/* Every bound has its test, here or there:
 *   tests/unit/test_outline.c   file bytes and lines, line bytes, depth, diagnostics a file
 *   tests/unit/test_expr.c      depth and terms of a condition
 *   tests/unit/test_ruleset.c   lists and their depth, moves, frameworks, packs, test lines
 *   tests/unit/test_scenario.c  topics, beats, replies, endings, speech
 *   tests/unit/test_deck.c      prompts, lines of talk in one
 *   tests/unit/test_regex.c     bytes of a pattern, steps of a search
 *   tests/unit/test_clause.c    clauses and their bytes; test_detect.c: utterance, detections
 *   tests/unit/test_echo.c      turns looked back over
 *   tests/cli/limit-*           files, packs, scenarios, input lines, history, turns, coded turns
 */

static struct strbuf said;

/* What linking the pack says. */
static const char *link_pack(const char *text)
{
	struct ruleset_builder *builder = ruleset_builder_new();
	struct diags diags = {0};

	strbuf_clear(&said);
	ruleset_add(builder, SLICE("a.rules"), slice_of(text), 0, &diags);
	ruleset_link(builder, &diags);
	strbuf_addc(&said, '\n');
	diags_print(&diags, &said);
	diags_release(&diags);
	ruleset_builder_free(builder);
	return said.at;
}

static void assert_says(const char *words)
{
	if (!strstr(said.at, words))
		fail_msg("not said: %s\nbut:%s", words, said.at);
}

static void repeat(struct strbuf *out, const char *text, size_t times)
{
	while (times--)
		strbuf_addz(out, text);
}

static const char *nested_groups(struct strbuf *pack, size_t groups)
{
	strbuf_clear(pack);
	strbuf_addz(pack, "move a\n  title A\n  match x");
	repeat(pack, "(?:y", groups);
	repeat(pack, ")", groups);
	strbuf_addc(pack, '\n');
	return pack->at;
}

static void brackets_nest_to_a_limit(void **state)
{
	struct strbuf pack = {0};

	(void)state;
	assert_string_equal(link_pack(nested_groups(&pack, LIMIT_PATTERN_GROUPS)), "\n");
	link_pack(nested_groups(&pack, LIMIT_PATTERN_GROUPS + 1));
	assert_says("a.rules:3:106: error: brackets nest deeper than 24 levels");
	strbuf_release(&pack);
}

static const char *rules(struct strbuf *pack, size_t count)
{
	size_t i;

	strbuf_clear(pack);
	strbuf_addz(pack, "move a\n  title A\n");
	for (i = 0; i < count; i++)
		strbuf_addf(pack, "  match a%zu\n", i);
	return pack->at;
}

static void all_packs_have_so_many_rules(void **state)
{
	struct strbuf pack = {0};

	(void)state;
	assert_string_equal(link_pack(rules(&pack, LIMIT_RULES)), "\n");
	link_pack(rules(&pack, LIMIT_RULES + 2));
	assert_says("a.rules:16387:9: error: more than 16384 match lines in all packs together");
	assert_null(strstr(said.at, ":16388:"));
	strbuf_release(&pack);
}

/* A list of some 60 KB, and that many patterns that use it. */
static const char *big_patterns(struct strbuf *pack, size_t count)
{
	size_t i;

	strbuf_clear(pack);
	strbuf_addz(pack, "list l\n");
	for (i = 0; i < 6000; i++)
		strbuf_addf(pack, "  w%08zu\n", i);
	strbuf_addz(pack, "move a\n  title A\n");
	for (i = 0; i < count; i++)
		strbuf_addf(pack, "  match a%03zu{l}\n", i);
	return pack->at;
}

static void all_patterns_together_have_so_many_bytes(void **state)
{
	struct strbuf pack = {0};

	(void)state;
	assert_string_equal(link_pack(big_patterns(&pack, 278)), "\n");
	link_pack(big_patterns(&pack, 280));
	assert_says("error: all patterns together, with their lists put in, pass 16777216 bytes");
	assert_says("a.rules:6282:9: ");
	strbuf_release(&pack);
}

/* Sixty groups make each step dear in memory. */
static void a_search_takes_so_much_memory(void **state)
{
	struct regex_scratch *scratch = regex_scratch_new();
	struct strbuf pattern = {0};
	struct strbuf text = {0};
	struct regex_error error;
	struct regex *regex;
	struct span where;

	(void)state;
	strbuf_addz(&pattern, "^(?:");
	repeat(&pattern, "(a)|(ab)|", 400);
	strbuf_addz(&pattern, "a)*$");
	repeat(&text, "a", LIMIT_UTTERANCE_BYTES - 1);
	strbuf_addc(&text, 'b');
	regex = regex_new(strbuf_slice(&pattern), &error);
	assert_non_null(regex);
	assert_int_equal(regex_find(regex, scratch, strbuf_slice(&text), 0, &where), REGEX_GAVE_UP);
	regex_free(regex);
	regex_scratch_free(scratch);
	strbuf_release(&pattern);
	strbuf_release(&text);
}

/* What reading `depth` arrays within each other says; NULL when it can be read. */
static const char *nested_json(size_t depth, struct err *err)
{
	struct strbuf text = {0};
	struct json *json;

	repeat(&text, "[", depth);
	repeat(&text, "]", depth);
	json = json_parse(strbuf_slice(&text), err);
	strbuf_release(&text);
	if (!json)
		return err->text;
	json_free(json);
	return NULL;
}

static void json_nests_to_a_limit(void **state)
{
	struct err err;

	(void)state;
	assert_null(nested_json(LIMIT_JSON_DEPTH, &err));
	assert_string_equal(nested_json(LIMIT_JSON_DEPTH + 1, &err),
	                    "not JSON at byte 17: nested too deeply, at most 16 levels");
	assert_non_null(nested_json(1000000, &err));
}

static int release(void **state)
{
	(void)state;
	strbuf_release(&said);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(brackets_nest_to_a_limit),
	        cmocka_unit_test(all_packs_have_so_many_rules),
	        cmocka_unit_test(all_patterns_together_have_so_many_bytes),
	        cmocka_unit_test(a_search_takes_so_much_memory),
	        cmocka_unit_test(json_nests_to_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
