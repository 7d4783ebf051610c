# SPDX-License-Identifier: BSD-2-Clause
# The programs of the network and of the phone.
noinst_LTLIBRARIES += libiuplusnode.la
libiuplusnode_la_SOURCES = \
	src/node/conf.c src/node/conf.h \
	src/node/event.c src/node/event.h \
	src/node/log.c src/node/log.h \
	src/node/loop.c src/node/loop.h \
	src/node/node.c src/node/node.h \
	src/node/node_iu.c src/node/node_iu.h \
	src/node/reload.c src/node/reload.h \
	src/node/secrets.c src/node/secrets.h \
	src/node/settings.c src/node/settings.h \
	src/node/sqn.c src/node/sqn.h \
	src/node/trace.c src/node/trace.h \
	src/node/uu.c src/node/uu.h
libiuplusnode_la_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
# linked by every program
IUPLUS_NODE_LIBS = libiuplusnode.la libiuplusnet.la libiuplus.la $(CRYPTO_LIBS) $(OSMOCORE_LIBS)

bin_PROGRAMS += src/iuplus-sgsn src/iuplus-rnc src/iuplus-ue
src_iuplus_sgsn_SOURCES = src/node/sgsn_main.c
src_iuplus_sgsn_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
src_iuplus_sgsn_LDADD = $(IUPLUS_NODE_LIBS)
src_iuplus_rnc_SOURCES = src/node/rnc_main.c
src_iuplus_rnc_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
src_iuplus_rnc_LDADD = $(IUPLUS_NODE_LIBS)
src_iuplus_ue_SOURCES = src/node/ue_main.c
src_iuplus_ue_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
src_iuplus_ue_LDADD = $(IUPLUS_NODE_LIBS)

dist_man_MANS += doc/iuplus-sgsn.1 doc/iuplus-rnc.1 doc/iuplus-ue.1

IUPLUS_NODE_TESTS = test/unit/test_node_conf test/unit/test_node_event test/unit/test_node_loop \
	test/unit/test_node_reload test/unit/test_node_secrets test/unit/test_node_sqn test/unit/test_node_sent \
	test/unit/test_names
check_PROGRAMS += $(IUPLUS_NODE_TESTS)
TESTS += $(IUPLUS_NODE_TESTS)
test_unit_test_node_conf_SOURCES = test/unit/test_node_conf.c
test_unit_test_node_conf_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
test_unit_test_names_SOURCES = test/unit/test_names.c
test_unit_test_names_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
test_unit_test_node_event_SOURCES = test/unit/test_node_event.c
test_unit_test_node_event_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
test_unit_test_node_secrets_SOURCES = test/unit/test_node_secrets.c
test_unit_test_node_secrets_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
test_unit_test_node_secrets_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
test_unit_test_node_sqn_SOURCES = test/unit/test_node_sqn.c test/unit/seed.h
test_unit_test_node_sqn_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
test_unit_test_node_reload_SOURCES = test/unit/test_node_reload.c
test_unit_test_node_reload_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
test_unit_test_node_reload_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
test_unit_test_node_sent_SOURCES = test/unit/test_node_sent.c
test_unit_test_node_sent_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
test_unit_test_node_sent_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
test_unit_test_node_loop_SOURCES = test/unit/test_node_loop.c
test_unit_test_node_loop_CFLAGS = $(AM_CFLAGS) $(OSMOCORE_CFLAGS)
test_unit_test_node_loop_LDADD = $(IUPLUS_NODE_LIBS) $(CUNIT_LIBS)
