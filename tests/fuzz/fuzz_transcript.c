/* fuzz_transcript.c: any text is a conversation or a complaint; what is heard of it lies within it.
 * With a header line of columns it is read as a corpus too. */
#include "edge/corpus.h"
#include "edge/transcript.h"

#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct transcript *transcript)
{
	size_t utterances = 0;
	size_t i;

	for (i = 0; i < transcript->count; i++) {
		const struct transcript_turn *turn = &transcript->turns[i];

		utterances += turn->mentor;
		if (i && !turn->mentor && !transcript->turns[i - 1].mentor)
			BUG("two of hers in a row at %zu", i);
		if (turn->place.line == 0 || turn->words.len > transcript->source.text.len + 1)
			BUG("turn %zu stands nowhere", i);
	}
	if (utterances != transcript->utterances)
		BUG("%zu utterances of %zu", transcript->utterances, utterances);
}

/* Diagnostics point into what was read, so they are printed while it is there. */
static void print(struct diags *diags)
{
	struct strbuf out = {0};

	diags_print(diags, &out);
	strbuf_release(&out);
	diags_release(diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const mentors[] = {"", "Ms Patel"};
	struct slice text = {(const char *)data, size};
	struct transcript transcript;
	struct corpus corpus;
	size_t i;

	for (i = 0; i < 2; i++) {
		struct diags diags = {0};

		transcript_parse(SLICE("fuzz.txt"), text, slice_of(mentors[i]), &transcript,
		                 &diags);
		if (!diags.errors)
			check(&transcript);
		print(&diags);
		transcript_release(&transcript);
	}
	if (corpus_is(text)) {
		struct diags diags = {0};

		corpus_parse(SLICE("fuzz.tsv"), text, &corpus, &diags);
		print(&diags);
		corpus_release(&corpus);
	}
	return 0;
}
