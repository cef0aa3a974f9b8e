/* packs.h: a small pack that fuzz targets of the higher layers stand on. */
#ifndef TESTS_FUZZ_PACKS_H
#define TESTS_FUZZ_PACKS_H

#define FUZZ_PACK                                                                                  \
	"list feeling\n"                                                                           \
	"  tired  flat  on edge\n"                                                                 \
	"move open_question\n"                                                                     \
	"  title Open question\n"                                                                  \
	"  about Asks.\n"                                                                          \
	"  answers request\n"                                                                      \
	"  room\n"                                                                                 \
	"  match ^(?:so )?(?:what|how)\\b\n"                                                       \
	"  match \\bcan you (?<said>.+)\n"                                                         \
	"    when question and words >= 3\n"                                                       \
	"    unless \\bplease\\b\n"                                                                \
	"move emotional_label\n"                                                                   \
	"  title Label\n"                                                                          \
	"  answers feeling\n"                                                                      \
	"  yields open_question\n"                                                                 \
	"  match \\b{feeling}\\b\n"                                                                \
	"  effect trust +1\n"                                                                      \
	"move proposal\n"                                                                          \
	"  quiet\n"                                                                                \
	"  answers proposal\n"                                                                     \
	"  match \\byou could (?<said>.*)\n"                                                       \
	"move pause\n"                                                                             \
	"  title Pause\n"                                                                          \
	"  room\n"                                                                                 \
	"  match ^\\W*$\n"                                                                         \
	"    whole\n"                                                                              \
	"move repetition\n"                                                                        \
	"  title Repetition\n"                                                                     \
	"  match ^.+$\n"                                                                           \
	"    when echo >= 0.5 and words <= 5\n"                                                    \
	"framework morepies checklist\n"                                                           \
	"  title MOREPIES\n"                                                                       \
	"  item open_question\n"                                                                   \
	"  item emotional_label\n"

#endif
