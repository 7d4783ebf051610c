# SPDX-License-Identifier: BSD-2-Clause
# Checks of the sources (test/lint/run), and files for editors.
ONCE_TESTS += test/lint/clauses test/lint/headers test/lint/recipes
EXTRA_DIST += .clang-format .clang-tidy .editorconfig asn1/.clang-tidy test/.clang-tidy test/lint/circles test/lint/clauses \
	test/lint/compile_commands test/lint/conventions test/lint/exports test/lint/format test/lint/headers \
	test/lint/recipes test/lint/run

every-program: all-am $(check_PROGRAMS) $(check_LTLIBRARIES) $(EXTRA_PROGRAMS) $(EXTRA_LTLIBRARIES)
compile_commands.json: Makefile $(top_srcdir)/test/lint/compile_commands
	$(AM_V_GEN)$(top_srcdir)/test/lint/compile_commands . > $@.new && mv $@.new $@
.PHONY: every-program
CLEANFILES += compile_commands.json
